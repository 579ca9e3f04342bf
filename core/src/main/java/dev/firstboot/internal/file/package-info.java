/**
 * File operations that {@link java.nio.file.Files} lacks, above all {@link dev.firstboot.internal.file.Trees#delete}: the one way
 * in which this library deletes a tree.
 */
@NullMarked
package dev.firstboot.internal.file;

import org.jspecify.annotations.NullMarked;
