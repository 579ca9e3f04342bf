package dev.firstboot.bake.tree;

/**
 * The header of one entry of a tar archive (POSIX.1-2017 pax, "ustar Interchange Format").
 *
 * @param path absolute and without a trailing slash, however the archive spells it
 * @param kind what it is
 * @param mode permission bits
 * @param uid owner
 * @param gid group
 * @param time when it was last changed, in seconds since 1970
 * @param size bytes of content that follow
 * @param link target of a symbolic link as written, path of a hard link's target as an absolute path, else empty
 */
public record TarEntry(String path, Kind kind, int mode, long uid, long gid, long time, long size, String link) {
    /** What is at a path. */
    public enum Kind {
        FILE,
        /** Another name of a file that came before. */
        HARD_LINK,
        SYMLINK,
        DIRECTORY,
        /** A device or pipe. */
        SPECIAL
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** Returns whether this is a regular file under its first name. */
    public boolean isFile() {
        return kind == Kind.FILE;
    }

    /** Returns the last component of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
