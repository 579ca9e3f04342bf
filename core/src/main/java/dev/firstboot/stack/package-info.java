/** How a machine's disk is laid out: the datasets of its pool and the entries of its boot loader. Pure values: nothing here reads or writes. Not exported. */
@NullMarked
package dev.firstboot.stack;

import org.jspecify.annotations.NullMarked;
