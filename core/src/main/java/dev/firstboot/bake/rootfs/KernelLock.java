package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel of a machine and the matching ZFS. As text: four lines of {@code name=value}.
 *
 * @param imagePackage the package with the kernel itself, not the metapackage
 * @param imageVersion that package's version
 * @param release the kernel's own name for itself, as {@code uname -r} prints it
 * @param zfsVersion the version of the packages of OpenZFS
 */
public record KernelLock(String imagePackage, String imageVersion, String release, String zfsVersion) {
    private static final String IMAGE = "linux-image-";

    /**
     * Returns a lock for a kernel package such as {@code linux-image-6.1.0-1-cloud-amd64}.
     *
     * @throws IllegalArgumentException if the name is not that of a kernel package
     */
    public static KernelLock of(String imagePackage, String imageVersion, String zfsVersion) {
        if (!imagePackage.startsWith(IMAGE)) {
            throw new IllegalArgumentException(imagePackage + " is not a kernel package");
        }
        return new KernelLock(imagePackage, imageVersion, imagePackage.substring(IMAGE.length()), zfsVersion);
    }

    public static KernelLock read(Path file) throws IOException {
        PackageVersions lines = PackageVersions.parse(Files.readAllLines(file));
        return new KernelLock(get(lines, "package"), get(lines, "version"), get(lines, "release"), get(lines, "zfs"));
    }

    public void write(Path file) throws IOException {
        Files.writeString(
                file,
                "package=" + imagePackage + "\nversion=" + imageVersion + "\nrelease=" + release + "\nzfs=" + zfsVersion
                        + "\n");
    }

    /** Returns the package with the headers for compiling modules for this kernel. */
    public String headersPackage() {
        return "linux-headers-" + release;
    }

    /** Returns the name of the package that a bake builds from the compiled modules. */
    public String modulesPackage() {
        return "firstboot-zfs-modules-" + release;
    }

    private static String get(PackageVersions lines, String name) {
        return lines.version(name).orElseThrow(() -> new IllegalArgumentException("kernel.lock has no " + name));
    }
}
