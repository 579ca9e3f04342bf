/**
 * Finds what no image may hold: files that nobody explains, secrets, and the identity of one machine. Entry point: {@link
 * dev.firstboot.bake.scan.SecretScanner}.
 *
 * <p>Not promised: that it finds a secret of a form that nobody has seen in a file of a recipe or of a package from elsewhere, or one inside a compressed or
 * encrypted file.
 */
@NullMarked
package dev.firstboot.bake.scan;

import org.jspecify.annotations.NullMarked;
