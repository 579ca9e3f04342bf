/**
 * Known vulnerabilities in the packages of an image. {@link dev.firstboot.advisory.SecurityTracker} reads them,
 * {@link dev.firstboot.artifact.Manifest#advisories} lists those of one image, and an {@link dev.firstboot.advisory.AdvisoryPolicy} decides which of
 * them stop a bake. All types are immutable and thread-safe.
 *
 * <p>What matters most here: never to call an image clean without data; missing data is an error. But an empty list proves nothing: it covers only
 * what Debian knows about its own packages.
 */
@NullMarked
package dev.firstboot.advisory;

import org.jspecify.annotations.NullMarked;
