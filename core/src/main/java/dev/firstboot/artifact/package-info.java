/**
 * The results of a bake: files, each with a {@link dev.firstboot.artifact.Manifest} that records what is in it. What matters most here: the manifest
 * names every package and every digest. All types are immutable.
 */
@NullMarked
package dev.firstboot.artifact;

import org.jspecify.annotations.NullMarked;
