package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads dpkg's record of installed packages. */
final class DpkgStatus {
    private DpkgStatus() {}

    /** Returns the packages that are installed according to {@code file}, a {@code /var/lib/dpkg/status}. */
    static PackageVersions read(Path file) throws IOException {
        SortedMap<String, String> versions = new TreeMap<>();
        String name = "";
        boolean installed = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("Package: ")) {
                name = line.substring("Package: ".length());
                installed = false;
            } else if (line.startsWith("Status: ")) {
                installed = line.endsWith(" installed");
            } else if (line.startsWith("Version: ") && installed) {
                versions.put(name, line.substring("Version: ".length()));
            }
        }
        return new PackageVersions(versions);
    }
}
