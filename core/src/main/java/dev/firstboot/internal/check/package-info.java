/** What the builders of all packages check of their arguments. Not exported. */
@NullMarked
package dev.firstboot.internal.check;

import org.jspecify.annotations.NullMarked;
