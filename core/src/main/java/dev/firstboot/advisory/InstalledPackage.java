package dev.firstboot.advisory;

import java.util.Objects;

/**
 * A package of an image. Security trackers record fixes per source package.
 *
 * @param name the package's name
 * @param version its version
 * @param source the source package that it is built from
 * @param sourceVersion the source package's version, which may differ from the package's own
 */
public record InstalledPackage(String name, String version, String source, String sourceVersion) {
    public InstalledPackage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sourceVersion, "sourceVersion");
    }
}
