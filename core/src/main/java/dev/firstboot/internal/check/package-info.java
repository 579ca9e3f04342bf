/** Argument checks shared by the builders of all packages. Not exported. */
@NullMarked
package dev.firstboot.internal.check;

import org.jspecify.annotations.NullMarked;
