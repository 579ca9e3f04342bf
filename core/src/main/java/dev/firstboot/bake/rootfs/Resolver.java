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

    /** The kernel package that Debian's own points to at the moment, and the ZFS that goes with it. */
    public KernelLock kernel() {
        String meta = image.kernel().imagePackage().value();
        Matcher real = Pattern.compile("linux-image-[0-9][^\\s,|(]*").matcher(apt.field(meta, "Depends"));
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
        wanted.addAll(BasePackages.BOOTABLE);
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
