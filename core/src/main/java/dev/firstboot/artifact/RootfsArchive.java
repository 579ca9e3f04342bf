package dev.firstboot.artifact;

import java.nio.file.Path;

/**
 * A tar archive of a whole file system, to be run as a container.
 *
 * @param path where it is
 * @param manifest what is in it
 */
public record RootfsArchive(Path path, Manifest manifest) {}
