/** What all of Firstboot shares: the root of its exceptions. */
@NullMarked
package dev.firstboot;

import org.jspecify.annotations.NullMarked;
