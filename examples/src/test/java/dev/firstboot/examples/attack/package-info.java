/** Attacks that once worked on a running chat service, each as a test: none works any more. */
@NullMarked
package dev.firstboot.examples.attack;

import org.jspecify.annotations.NullMarked;
