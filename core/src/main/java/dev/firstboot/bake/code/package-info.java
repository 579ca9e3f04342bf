/**
 * Computes which compiled code a step of a bake can reach, and its digest. What matters most here: changed code must change the key of what it makes.
 * Not exported.
 */
@NullMarked
package dev.firstboot.bake.code;

import org.jspecify.annotations.NullMarked;
