/** Programs that show the library at work, and the proof that it does. */
@NullMarked
package dev.firstboot.examples;

import org.jspecify.annotations.NullMarked;
