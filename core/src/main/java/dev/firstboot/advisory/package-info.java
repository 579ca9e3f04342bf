/**
 * Known vulnerabilities of what is in an image. All types are immutable and thread-safe.
 */
@NullMarked
package dev.firstboot.advisory;

import org.jspecify.annotations.NullMarked;
