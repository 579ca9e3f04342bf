/**
 * Operates a machine that runs from ZFS as one thing: {@link dev.firstboot.operate.Stack} is its running boot environment, system, configuration and data
 * together. What matters most: that everything can be undone. A snapshot is one moment of all datasets, and nothing is destroyed unasked.
 *
 * <p>The machine's own console has the same under the names {@code ksnap}…; each understands what the other has made.
 */
@NullMarked
package dev.firstboot.operate;

import org.jspecify.annotations.NullMarked;
