/**
 * File trees in tar archives: read in one pass, indexed and overlaid, always in bounded memory. What matters most here: entries pass through byte for
 * byte, with every extended header (xattrs, long names), so nothing unknown to this code is lost.
 */
@NullMarked
package dev.firstboot.bake.tree;

import org.jspecify.annotations.NullMarked;
