/** What a step of a bake is: what it is given, whom it tells how far it is, how it fails. Whoever carries one out knows this package. Not exported. */
@NullMarked
package dev.firstboot.bake.step;

import org.jspecify.annotations.NullMarked;
