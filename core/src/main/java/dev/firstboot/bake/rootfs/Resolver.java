package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.Kernel;
import dev.firstboot.image.PackageName;
import dev.firstboot.plan.PackageChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which packages an image is made of, and in which versions. */
public final class Resolver {
    private static final String MODULES = "firstboot-zfs-modules";
    /** Matches a kernel package, not a metapackage. */
    private static final Pattern REAL_KERNEL = Pattern.compile("linux-image-[0-9][^\\s,|(]*");
    /** The version suffix of packages that Debian rebuilt without a change. zfs-dkms, from which nothing is built, never has it. */
    private static final Pattern REBUILT = Pattern.compile("\\+b[0-9]+$");

    private final AptRoot apt;
    private final PackageChoice choice;

    public Resolver(AptRoot apt, PackageChoice choice) {
        this.apt = apt;
        this.choice = choice;
    }

    /** Returns the packages common to all machines and containers. */
    public PackageVersions packages() {
        for (PackageName source : choice.backports()) {
            if (!apt.hasBackport(source)) {
                throw new StepException(
                        choice.release().backports() + " has nothing made of a source package '" + source + "'",
                        "name the source package, which `apt-cache show` tells of a package as its Source, or take it from the release");
            }
        }
        return apt.resolve(choice.names());
    }

    /** Returns the kernel and the ZFS that are in {@code pinned}. */
    KernelLock kernel(PackageVersions pinned) {
        String kernel = pinned.byName().keySet().stream()
                .filter(name -> REAL_KERNEL.matcher(name).matches())
                .findFirst()
                .orElseThrow(() -> notOfADisk("a kernel"));
        String zfs = pinned.version("zfsutils-linux").orElseThrow(() -> notOfADisk("ZFS"));
        return KernelLock.of(
                kernel,
                pinned.version(kernel).orElseThrow(),
                REBUILT.matcher(zfs).replaceFirst(""));
    }

    private static StepException notOfADisk(String lacking) {
        return new StepException(
                "the manifest whose versions are to be taken names no version of " + lacking,
                "give packagesOf(...) the manifest of a disk; that of an archive has nothing to boot from");
    }

    /** Returns the kernel package that Debian's metapackage currently points to, and the matching ZFS. */
    KernelLock kernel(Kernel kind) {
        String meta = kind.imagePackage().value();
        Matcher real = REAL_KERNEL.matcher(apt.field(meta, "Depends"));
        if (!real.find()) {
            throw new StepException(
                    meta + " of " + choice.release() + " does not tell which kernel is current",
                    "see that the archive is whole, or name another with Bakery.builder().mirror(...)");
        }
        String zfs = apt.field("zfs-dkms", "Version");
        if (zfs.isEmpty()) {
            throw new StepException(
                    "the archive has no zfs-dkms for " + choice.release(),
                    "name an archive that has the component contrib with Bakery.builder().mirror(...)");
        }
        return KernelLock.of(real.group(), apt.field(real.group(), "Version"), zfs);
    }

    /**
     * Returns what a machine that boots from ZFS needs beyond {@code packages}: a kernel, {@code others}, and their dependencies. The compiled
     * modules count as available.
     */
    PackageVersions system(PackageVersions packages, KernelLock kernel, List<String> others) throws IOException {
        List<String> wanted = new ArrayList<>(packages.specs());
        wanted.add(kernel.imagePackage() + "=" + kernel.imageVersion());
        wanted.addAll(others);
        apt.pretendInstalled(MODULES);
        PackageVersions all = apt.resolve(wanted);
        apt.pretendInstalled(null);
        return all.without(packages);
    }
}
