/**
 * What a bake gives: files, each with the {@link dev.firstboot.artifact.Manifest} of what is in it. All types are immutable.
 */
@NullMarked
package dev.firstboot.artifact;

import org.jspecify.annotations.NullMarked;
