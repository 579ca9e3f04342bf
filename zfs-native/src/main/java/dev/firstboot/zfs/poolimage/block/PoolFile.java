package dev.firstboot.zfs.poolimage.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file, or a part of one, as one vdev. Blocks that are never written stay holes in the file. Not thread-safe. */
public final class PoolFile implements AutoCloseable {
    private final Path path;
    private final List<FileChannel> scratch = new ArrayList<>();
    private final FileChannel channel;
    private final VdevGeometry geometry;
    private final long start;

    private final Optional<Flush> flush;

    private PoolFile(Path path, FileChannel channel, VdevGeometry geometry, long start, Optional<Flush> flush) {
        this.path = path;
        this.channel = channel;
        this.geometry = geometry;
        this.start = start;
        this.flush = flush;
    }

    /**
     * Creates the file, which must not exist, at its full size and with mode 0600, because it may contain keys. Flushes what is written in the background, so
     * that {@link #sync} does not wait long.
     */
    public static PoolFile create(Path path, VdevGeometry geometry) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        PoolFile file = new PoolFile(path, channel, geometry, 0, Optional.of(new Flush(channel)));
        file.write(ByteBuffer.allocate(1), geometry.fileSize() - 1);
        return file;
    }

    /** Opens a part of an existing file, such as a partition of a disk. Blocks that are never written keep their bytes. */
    public static PoolFile within(Path path, long start, VdevGeometry geometry) throws IOException {
        return new PoolFile(path, FileChannel.open(path, StandardOpenOption.WRITE), geometry, start, Optional.empty());
    }

    /** Returns the sizes of the vdev. */
    public VdevGeometry geometry() {
        return geometry;
    }

    /** Returns a file without a name, next to this one, for data that does not fit into memory. It is closed with this file, which frees its space. */
    public FileChannel scratch() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Path file = Files.createTempFile(directory == null ? path : directory, ".pool-image-", ".tmp");
        try {
            FileChannel opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            scratch.add(opened);
            return opened;
        } finally {
            Files.delete(file);
        }
    }

    /** Writes a block; {@code offset} counts from the end of the front labels, as in a block pointer. */
    public void writeBlock(byte[] data, int length, long offset) throws IOException {
        write(ByteBuffer.wrap(data, 0, length), VdevGeometry.DATA_START + offset);
    }

    /** Writes a label. */
    public void writeLabel(int index, byte[] label) throws IOException {
        write(ByteBuffer.wrap(label), geometry.labelOffset(index));
    }

    /** Waits until everything is on the disk. */
    public void sync() throws IOException {
        if (flush.isPresent()) {
            flush.get().await();
        }
        channel.force(true);
    }

    private void write(ByteBuffer data, long position) throws IOException {
        long at = start + position;
        while (data.hasRemaining()) {
            at += channel.write(data, at);
        }
        if (flush.isPresent()) {
            flush.get().written(at - start - position);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : scratch) {
            file.close();
        }
        flush.ifPresent(Flush::close);
        channel.close();
    }
}
