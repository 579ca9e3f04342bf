package dev.firstboot.zfs.internal.ffi;

/** Mounts and unmounts ZFS filesystems: mount(2) and umount2(2). */
public final class MountCalls {
    /** {@code MS_RDONLY}. */
    public static final long READ_ONLY = 1;
    /** {@code MS_NOSUID}. */
    public static final long NO_SETUID = 2;
    /** {@code MS_NODEV}. */
    public static final long NO_DEVICES = 4;
    /** {@code MS_NOEXEC}. */
    public static final long NO_EXEC = 8;
    /** {@code MS_NOATIME}. */
    public static final long NO_ATIME = 1 << 10;
    /** {@code MS_RELATIME}. */
    public static final long RELATIVE_ATIME = 1 << 21;

    private static final int MNT_FORCE = 1;

    private MountCalls() {}

    /** Mounts a filesystem or snapshot on an existing directory. */
    public static void mount(String dataset, String directory, long flags) {
        // The kernel mounts snapshots below this path; a comma in it would end the option early.
        String options = directory.indexOf(',') < 0 ? "mntpoint=" + directory : "";
        try (Scope scope = new Scope()) {
            int result = Library.c()
                    .mount(
                            scope.string(dataset),
                            scope.string(directory),
                            scope.string("zfs"),
                            flags,
                            scope.string(options));
            check("mount", dataset + " on " + directory, result);
        }
    }

    /** Unmounts what is mounted on a directory; with {@code force} ({@code MNT_FORCE}), also if it is busy, as far as the kernel supports that. */
    public static void unmount(String directory, boolean force) {
        try (Scope scope = new Scope()) {
            check("umount2", directory, Library.c().umount2(scope.string(directory), force ? MNT_FORCE : 0));
        }
    }

    private static void check(String function, String subject, int result) {
        if (result != 0) {
            throw Library.failure(function, subject);
        }
    }
}
