/**
 * Known vulnerabilities of what is in an image: {@link dev.firstboot.advisory.SecurityTracker} knows them,
 * {@link dev.firstboot.artifact.Manifest#advisories} asks for those of one image, and an {@link dev.firstboot.advisory.AdvisoryPolicy} says which of
 * them no bake may deliver. All types are immutable and thread-safe. That nothing is listed does not mean that there is nothing: only what Debian
 * knows of its own packages is.
 */
@NullMarked
package dev.firstboot.advisory;

import org.jspecify.annotations.NullMarked;
