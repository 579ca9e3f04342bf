package dev.firstboot.plan;

/** The names of the steps of the targets, and of the files they make. */
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
    /** Output of resolve for a machine that boots by itself: what it needs beyond {@link #PACKAGES_LOCK}, in the same format. */
    public static final String SYSTEM_LOCK = "system.lock";
    /** Output of resolve: the package sources, as lines of a sources.list. */
    public static final String SOURCES_LOCK = "sources.lock";
    /** Output of resolve: the names of the packages that are not from Debian's archive. */
    public static final String PRIVATE_LOCK = "private.lock";
    /** Output of resolve: when the versions were queried, in ISO 8601. No step reads it, so the same versions on another day change nothing. */
    public static final String RESOLVED_AT = "resolved-at";
    /** Output of resolve: each package with its source package and the version of that. No step reads it. */
    public static final String SOURCE_PACKAGES = "source-packages";
    /**
     * Output of resolve: each package with the size of its file in bytes. It does not affect any result: the step rootfs uses it for download
     * progress.
     */
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
    /** Output of configure: the overlay on top of the installed system. */
    public static final String OVERLAY_TAR = "overlay.tar";
    /** Output of configure: what is removed from the installed system, one path per line. */
    public static final String REMOVALS = "removals.txt";
    /** Output of disk, whatever format the target uses. */
    public static final String DISK_QCOW2 = "disk.qcow2";
    /** Output of archive: system and overlay merged. */
    public static final String ARCHIVE_TAR = "archive.tar";

    private Steps() {}
}
