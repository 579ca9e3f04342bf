package dev.firstboot.zfs.poolimage.zpl;

import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * How a filesystem is written.
 *
 * @param recordSize the size of a data block of a large file, in bytes; a power of two
 * @param generation the transaction group in which every file was created ({@code ZPL_GEN})
 * @param posixAcls whether it supports POSIX access control lists
 * @param created when the filesystem, and every file in it, was created
 * @param directoriesInMemory how many bytes of directories are kept in memory while entries are added
 * @param salts returns the salt of the hash for an object number
 */
public record FilesystemSpec(
        int recordSize,
        long generation,
        boolean posixAcls,
        Instant created,
        long directoriesInMemory,
        LongUnaryOperator salts) {
    /** The default of {@code directoriesInMemory}: room for half a million names. */
    public static final long DIRECTORIES_IN_MEMORY = 16L << 20;
}
