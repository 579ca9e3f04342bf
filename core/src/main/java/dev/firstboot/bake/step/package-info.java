/** The steps of a bake: what each one does, one class for each. Not exported. */
@NullMarked
package dev.firstboot.bake.step;

import org.jspecify.annotations.NullMarked;
