package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel of a machine and the ZFS that fits it. As text four lines of {@code name=value}.
 *
 * @param imagePackage the package with the kernel itself, not the one that follows new kernels
 * @param imageVersion that package's version
 * @param release the kernel's own name for itself, as {@code uname -r} prints it
 * @param zfsVersion the version of the packages of OpenZFS
 */
public record KernelLock(String imagePackage, String imageVersion, String release, String zfsVersion) {
    private static final String IMAGE = "linux-image-";

    /**
     * A lock for a kernel package such as {@code linux-image-6.1.0-1-cloud-amd64}.
     *
     * @throws IllegalArgumentException if the name is none of a kernel package
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

    /** The package with what modules for this kernel are compiled against. */
    public String headersPackage() {
        return "linux-headers-" + release;
    }

    /** The name of the package that a bake makes of the compiled modules. */
    public String modulesPackage() {
        return "firstboot-zfs-modules-" + release;
    }

    private static String get(PackageVersions lines, String name) {
        return lines.version(name).orElseThrow(() -> new IllegalArgumentException("kernel.lock has no " + name));
    }
}
