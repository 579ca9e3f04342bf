/** The base package: the root of all Firstboot exceptions. */
@NullMarked
package dev.firstboot;

import org.jspecify.annotations.NullMarked;
