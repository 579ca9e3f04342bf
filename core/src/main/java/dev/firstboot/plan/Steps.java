package dev.firstboot.plan;

import dev.firstboot.image.Image;
import dev.firstboot.plan.Step.Input;
import java.util.List;
import java.util.stream.Stream;

/** The steps that targets are made of: their names, what they read and what they make. */
public final class Steps {
    public static final String RESOLVE = "resolve";
    public static final String ROOTFS = "rootfs";
    public static final String MODULES = "modules";
    public static final String SYSTEM = "system";
    public static final String CONFIGURE = "configure";
    public static final String DISK = "disk";
    public static final String ARCHIVE = "archive";

    /** Output of resolve: every package with its version, one {@code name=version} per line, sorted. */
    public static final String PACKAGES_LOCK = "packages.lock";
    /** Output of resolve for a machine that boots by itself: what it needs beyond {@link #PACKAGES_LOCK}, in the same form. */
    public static final String SYSTEM_LOCK = "system.lock";
    /** Output of resolve: where packages come from, as lines of a sources.list. */
    public static final String SOURCES_LOCK = "sources.lock";
    /** Output of resolve for an image with sources of its own: the names of the packages that are not from Debian's archive. */
    public static final String PRIVATE_LOCK = "private.lock";
    /** Output of resolve: when the versions were asked for, ISO 8601. No step reads it: the same versions on another day change nothing. */
    public static final String RESOLVED_AT = "resolved-at";
    /** Output of resolve: each package with the source package that it is made from and that one's version. No step reads it. */
    public static final String SOURCE_PACKAGES = "source-packages";
    /** Output of resolve: each package with the size of its file in bytes. It decides no result: the step rootfs tells by it how far its downloads are. */
    public static final String PACKAGE_SIZES = "package-sizes";
    /** Output of resolve: kernel package, kernel version and ZFS version. */
    public static final String KERNEL_LOCK = "kernel.lock";
    /** Output of rootfs: the installed packages, without kernel and boot loader; the same for a container and for a disk. */
    public static final String ROOTFS_TAR = "rootfs.tar";
    /** Output of modules: a Debian package that provides zfs-modules. */
    public static final String MODULES_DEB = "zfs-modules.deb";
    /** Output of system: the installed system, ready to boot from ZFS. */
    public static final String SYSTEM_TAR = "system.tar";

    public static final String VMLINUZ = "vmlinuz";
    public static final String INITRD = "initrd.img";
    public static final String SYSTEMD_BOOT = "systemd-bootx64.efi";
    /** Output of configure: what is laid over the installed system. */
    public static final String OVERLAY_TAR = "overlay.tar";
    /** Output of configure: what is taken out of the installed system, one path per line. */
    public static final String REMOVALS = "removals.txt";
    /** Output of disk, whatever format the target asks for. */
    public static final String DISK_QCOW2 = "disk.qcow2";
    /** Output of archive: system and overlay as one. */
    public static final String ARCHIVE_TAR = "archive.tar";

    private static final Input PACKAGES = new Input(RESOLVE, PACKAGES_LOCK);
    private static final Input SOURCES = new Input(RESOLVE, SOURCES_LOCK);

    private Steps() {}

    static PlanBuilder resolve(PlanBuilder plan, Image image, boolean bootable) {
        return plan.add(
                RESOLVE,
                "ask apt which version of each package there is, or take a recent answer",
                Parameters.packages(image, bootable),
                List.of(),
                Stream.of(
                                Stream.of(PACKAGES_LOCK, SOURCES_LOCK, RESOLVED_AT, SOURCE_PACKAGES, PACKAGE_SIZES),
                                bootable ? Stream.of(SYSTEM_LOCK, KERNEL_LOCK) : Stream.<String>empty(),
                                hasPrivatePackages(image) ? Stream.of(PRIVATE_LOCK) : Stream.<String>empty())
                        .flatMap(names -> names)
                        .toList());
    }

    private static boolean hasPrivatePackages(Image image) {
        return image.recipes().stream().anyMatch(recipe -> !recipe.sources().isEmpty());
    }

    static PlanBuilder rootfs(PlanBuilder plan, Image image) {
        return plan.add(
                ROOTFS,
                "install the packages with mmdebstrap",
                Parameters.packages(image, false),
                List.of(PACKAGES, SOURCES),
                List.of(ROOTFS_TAR));
    }

    static PlanBuilder modules(PlanBuilder plan, Image image) {
        return plan.add(
                MODULES,
                "compile the ZFS kernel modules in a chroot of their own",
                Parameters.base(image),
                List.of(new Input(RESOLVE, KERNEL_LOCK)),
                List.of(MODULES_DEB));
    }

    static PlanBuilder system(PlanBuilder plan, Image image) {
        return plan.add(
                SYSTEM,
                "add kernel, modules and boot loader, and make the initramfs",
                Parameters.base(image),
                List.of(
                        new Input(RESOLVE, KERNEL_LOCK),
                        new Input(RESOLVE, SYSTEM_LOCK),
                        SOURCES,
                        new Input(ROOTFS, ROOTFS_TAR),
                        new Input(MODULES, MODULES_DEB)),
                List.of(SYSTEM_TAR, VMLINUZ, INITRD, SYSTEMD_BOOT));
    }

    static PlanBuilder configure(PlanBuilder plan, Image image, Input system) {
        return plan.add(
                CONFIGURE,
                "lay out users, files, units and the first boot; look for secrets and for files that nothing explains",
                Parameters.configuration(image),
                hasPrivatePackages(image) ? List.of(system, new Input(RESOLVE, PRIVATE_LOCK)) : List.of(system),
                List.of(OVERLAY_TAR, REMOVALS));
    }

    static PlanBuilder disk(PlanBuilder plan, Image image, List<String> parameters) {
        return plan.add(
                DISK,
                "partition, write the boot loader and fill the ZFS pool",
                Parameters.disk(image, parameters),
                List.of(
                        new Input(RESOLVE, KERNEL_LOCK),
                        new Input(SYSTEM, SYSTEM_TAR),
                        new Input(SYSTEM, VMLINUZ),
                        new Input(SYSTEM, INITRD),
                        new Input(SYSTEM, SYSTEMD_BOOT),
                        new Input(CONFIGURE, OVERLAY_TAR),
                        new Input(CONFIGURE, REMOVALS)),
                List.of(DISK_QCOW2));
    }

    static PlanBuilder archive(PlanBuilder plan) {
        return plan.add(
                ARCHIVE,
                "merge system and configuration into one archive",
                List.of("format 1"),
                List.of(
                        new Input(ROOTFS, ROOTFS_TAR),
                        new Input(CONFIGURE, OVERLAY_TAR),
                        new Input(CONFIGURE, REMOVALS)),
                List.of(ARCHIVE_TAR));
    }
}
