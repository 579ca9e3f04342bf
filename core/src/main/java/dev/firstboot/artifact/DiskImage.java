package dev.firstboot.artifact;

import java.nio.file.Path;

/**
 * A disk that boots by itself.
 *
 * @param path where it is
 * @param format {@code qcow2} or {@code raw}, as QEMU calls it
 * @param manifest what is in it
 */
public record DiskImage(Path path, String format, Manifest manifest) {}
