/** What compiled code a step of a bake can reach, and the digest of it. Not exported. */
@NullMarked
package dev.firstboot.bake.code;

import org.jspecify.annotations.NullMarked;
