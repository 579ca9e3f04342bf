package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.Image;
import dev.firstboot.image.PackageName;
import dev.firstboot.plan.BasePackages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which packages in which versions an image is made of. */
public final class Resolver {
    private static final String MODULES = "firstboot-zfs-modules";
    /** Not one that follows new kernels. */
    private static final Pattern REAL_KERNEL = Pattern.compile("linux-image-[0-9][^\\s,|(]*");
    /** What Debian adds to the version of packages that it builds again without a change: zfs-dkms, which nothing is built of, never has it. */
    private static final Pattern REBUILT = Pattern.compile("\\+b[0-9]+$");

    private final AptRoot apt;
    private final Image image;

    public Resolver(AptRoot apt, Image image) {
        this.apt = apt;
        this.image = image;
    }

    /** The packages that any machine or container of this image has. */
    public PackageVersions packages() {
        for (PackageName source : image.backports()) {
            if (!apt.hasBackport(source)) {
                throw new StepException(
                        image.release().backports() + " has nothing made of a source package '" + source + "'",
                        "name the source package, which `apt-cache show` tells of a package as its Source, or take it from the release");
            }
        }
        return apt.resolve(wanted(image));
    }

    /** The kernel and the ZFS that are among {@code pinned}. */
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

    /** The kernel package that Debian's own points to at the moment, and the ZFS that goes with it. */
    KernelLock kernel() {
        String meta = image.kernel().imagePackage().value();
        Matcher real = REAL_KERNEL.matcher(apt.field(meta, "Depends"));
        if (!real.find()) {
            throw new StepException(
                    meta + " of " + image.release() + " does not tell which kernel is current",
                    "see that the archive is whole, or name another with Bakery.builder().mirror(...)");
        }
        String zfs = apt.field("zfs-dkms", "Version");
        if (zfs.isEmpty()) {
            throw new StepException(
                    "the archive has no zfs-dkms for " + image.release(),
                    "name an archive that has the component contrib with Bakery.builder().mirror(...)");
        }
        return KernelLock.of(real.group(), apt.field(real.group(), "Version"), zfs);
    }

    /** What a machine that boots from ZFS has beyond {@code packages}. The compiled modules are counted as there. */
    public PackageVersions system(PackageVersions packages, KernelLock kernel) throws IOException {
        List<String> wanted = new ArrayList<>(packages.specs());
        wanted.add(kernel.imagePackage() + "=" + kernel.imageVersion());
        wanted.addAll(BasePackages.bootable(image));
        apt.pretendInstalled(MODULES);
        PackageVersions all = apt.resolve(wanted);
        apt.pretendInstalled(null);
        return all.without(packages);
    }

    /** The packages that are asked for by name. */
    public static List<String> wanted(Image image) {
        List<String> wanted = new ArrayList<>(BasePackages.ANY);
        image.recipes().forEach(recipe -> recipe.packages().forEach(name -> wanted.add(name.value())));
        return wanted.stream().distinct().toList();
    }
}
