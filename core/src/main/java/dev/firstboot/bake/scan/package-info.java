/**
 * Finds what no image may contain: files of unknown origin, secrets, and the identity of one machine. What matters most here: a file must be
 * explained, or the bake fails. Entry point: {@link dev.firstboot.bake.scan.SecretScanner}.
 *
 * <p>Not guaranteed: finding a secret of an unknown form in a file of a recipe or of a third-party package, or a secret inside a compressed or
 * encrypted file.
 */
@NullMarked
package dev.firstboot.bake.scan;

import org.jspecify.annotations.NullMarked;
