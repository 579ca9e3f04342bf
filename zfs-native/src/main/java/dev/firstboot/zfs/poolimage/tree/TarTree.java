package dev.firstboot.zfs.poolimage.tree;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a tar archive, with their owners, modes, times and extended attributes. Immutable.
 *
 * <p>Reads the POSIX format with extended headers (pax), and GNU tar's additions to the older format: long names, large numbers, and sparse files ({@code --sparse},
 * except version 0.0). Reads extended attributes of GNU tar and libarchive, and POSIX access control lists in binary form or as text with numbers.
 *
 * <p>Refuses what it cannot store exactly: file flags, names in access control lists, more than 1 MiB of extended headers for one file or for all. Refuses compressed
 * archives, and bytes other than zeros after the end of the archive.
 */
public final class TarTree implements Tree {
    /** Less than a record, so that most bytes of large files bypass this buffer and are not copied again. */
    private static final int BUFFER = 64 << 10;

    private final Path archive;

    private TarTree(Path archive) {
        this.archive = archive;
    }

    /** Returns the files of an uncompressed archive. */
    public static TarTree of(Path archive) {
        return new TarTree(archive);
    }

    /**
     * Returns the files of an uncompressed archive in a stream. The tree can be walked once.
     *
     * @param archive the archive, which is read to its end and not closed
     * @param name the name of the archive in error messages
     */
    public static Tree reading(InputStream archive, String name) {
        return sink -> new TarTreeReader(new BufferedInputStream(archive, BUFFER), name).read(sink);
    }

    @Override
    public void walk(TreeSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            reading(in, archive.toString()).walk(sink);
        }
    }

    @Override
    public String toString() {
        return "tar " + archive;
    }
}
