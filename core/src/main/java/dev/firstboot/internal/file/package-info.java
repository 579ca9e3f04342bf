/**
 * File operations that {@link java.nio.file.Files} lacks. The main one is {@link dev.firstboot.internal.file.Trees#delete}: the only way in which
 * this library deletes a tree, never through a link or a mount.
 */
@NullMarked
package dev.firstboot.internal.file;

import org.jspecify.annotations.NullMarked;
