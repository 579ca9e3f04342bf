/** Keeps what steps made, by digest, and notices when it has changed on disk. Not exported. */
@NullMarked
package dev.firstboot.bake.cache;

import org.jspecify.annotations.NullMarked;
