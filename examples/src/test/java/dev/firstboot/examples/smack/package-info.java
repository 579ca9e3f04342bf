/** Smack's own integration tests against a baked chat service: {@code ./dev soak smack}. */
@NullMarked
package dev.firstboot.examples.smack;

import org.jspecify.annotations.NullMarked;
