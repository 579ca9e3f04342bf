package dev.firstboot.zfs.poolimage.tree;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a tar archive, with owners, modes, times and extended attributes as the archive has them. Immutable.
 *
 * <p>Understands the POSIX format with extended headers (pax), and what GNU tar adds to the older one: long names and large
 * numbers, and files with holes ({@code --sparse}, but for version 0.0). Extended attributes are read as GNU tar and libarchive write
 * them, and POSIX access control lists in binary form or, with numbers, as text. What cannot be kept exactly is refused: compressed archives, flags of files, names
 * in access control lists, anything but zeros behind the archive's end, more than 1 MiB of extended headers for one file or for all.
 */
public final class TarTree implements Tree {
    /** Less than a record, so that most bytes of large files are not copied once more. */
    private static final int BUFFER = 64 << 10;

    private final Path archive;

    private TarTree(Path archive) {
        this.archive = archive;
    }

    /** The files of an uncompressed archive. */
    public static TarTree of(Path archive) {
        return new TarTree(archive);
    }

    /**
     * The files of an uncompressed archive that comes as a stream, whose end need not be known in advance. It can be walked once.
     *
     * @param archive is read to its end, and not closed
     * @param name what errors call it
     */
    public static Tree reading(InputStream archive, String name) {
        return sink -> new TarReader(new BufferedInputStream(archive, BUFFER), name).read(sink);
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
