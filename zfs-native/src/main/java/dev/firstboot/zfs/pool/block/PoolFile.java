package dev.firstboot.zfs.pool.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The image file seen as one vdev. Blocks never written stay holes of the file. Not thread-safe. */
public final class PoolFile implements AutoCloseable {
    private final FileChannel channel;
    private final VdevGeometry geometry;

    /** Creates the file, which must not exist, at its full size. */
    public PoolFile(Path path, VdevGeometry geometry) throws IOException {
        this.geometry = geometry;
        this.channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
        channel.write(ByteBuffer.allocate(1), geometry.fileSize() - 1);
    }

    /** The sizes of the vdev. */
    public VdevGeometry geometry() {
        return geometry;
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
        channel.force(true);
    }

    private void write(ByteBuffer data, long position) throws IOException {
        long at = position;
        while (data.hasRemaining()) {
            at += channel.write(data, at);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
