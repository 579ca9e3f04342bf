/**
 * File trees as they lie in tar archives: read in one pass, indexed, laid over one another, always in bounded memory. Entries pass
 * through byte for byte, with every extended header (xattrs, long names), so that nothing is lost that this code does not know.
 */
@NullMarked
package dev.firstboot.bake.tree;

import org.jspecify.annotations.NullMarked;
