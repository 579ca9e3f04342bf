/** The cache of step results, by digest. What matters most here: a file that changed on disk is noticed and never used. Not exported. */
@NullMarked
package dev.firstboot.bake.cache;

import org.jspecify.annotations.NullMarked;
