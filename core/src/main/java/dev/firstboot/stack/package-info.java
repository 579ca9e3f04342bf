/**
 * The layout of a machine's disk: the datasets of its pool and the entries of its boot loader. What matters most here: pure values; nothing here
 * reads or writes. Not exported.
 */
@NullMarked
package dev.firstboot.stack;

import org.jspecify.annotations.NullMarked;
