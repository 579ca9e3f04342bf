package dev.firstboot.zfs.poolimage.zpl;

import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * How a filesystem is written.
 *
 * @param recordSize bytes of a data block of a large file, a power of two
 * @param generation transaction group that every file tells it was made in
 * @param posixAcls whether POSIX access control lists work in it
 * @param created when the filesystem, and every file in it, was made
 * @param directoriesInMemory bytes of directories that are kept in memory while entries come
 * @param salts the salt of the hash of the directory with that number
 */
public record FilesystemSpec(
        int recordSize,
        long generation,
        boolean posixAcls,
        Instant created,
        long directoriesInMemory,
        LongUnaryOperator salts) {
    /** Room for half a million names. */
    public static final long DIRECTORIES_IN_MEMORY = 16L << 20;
}
