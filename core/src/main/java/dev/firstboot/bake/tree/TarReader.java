package dev.firstboot.bake.tree;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar file entry by entry and can copy each one byte for byte. (Libraries that turn extended headers into text damage binary xattrs such as
 * {@code security.capability}.) Content that is not requested is skipped without being read. Not thread-safe.
 */
public final class TarReader implements AutoCloseable {
    private static final int META_MAX = 1 << 20;

    /** The limit for all extended headers before one entry. */
    private static final int ALL_META_MAX = 4 * META_MAX;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18).limit(0);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] block = new byte[TarHeader.BLOCK];
    private long left;
    private int padding;

    private TarReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens an uncompressed tar file. */
    public static TarReader open(Path file) {
        try {
            return new TarReader(file, FileChannel.open(file));
        } catch (IOException e) {
            throw new TreeException("cannot read archive " + file + ": " + e, e);
        }
    }

    /**
     * Moves to the next entry.
     *
     * @return null after the last one
     */
    public @Nullable TarEntry next() {
        try {
            skip(left + padding);
            head.reset();
            TarHeader header = new TarHeader();
            while (true) {
                readFully(block, TarHeader.BLOCK);
                if (isZero(block)) {
                    left = 0;
                    padding = 0;
                    refuseMore();
                    return null;
                }
                if (!TarHeader.isValid(block)) {
                    throw damaged("there is no tar header at byte " + (position() - TarHeader.BLOCK));
                }
                head.write(block);
                char type = TarHeader.type(block);
                if (type == 'x' || type == 'L' || type == 'K' || type == 'g') {
                    byte[] meta = meta(TarHeader.size(block));
                    if (type != 'g') {
                        header.extend(type, meta);
                    }
                } else {
                    TarEntry entry = header.entry(block);
                    left = entry.size();
                    padding = padding(left);
                    return entry;
                }
            }
        } catch (EOFException e) {
            throw damaged("it ends in the middle, at byte " + position());
        } catch (IOException e) {
            throw new TreeException("cannot read archive " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage() + ", before byte " + position());
        }
    }

    /** Checks that only zeros follow the block of zeros that ends an archive: programs differ on whether they would read anything there. */
    private void refuseMore() throws IOException {
        while (hasMore()) {
            if (buffer.get() != 0) {
                throw damaged("it goes on behind its end, at byte " + (position() - 1));
            }
        }
    }

    private boolean hasMore() throws IOException {
        try {
            fill(1);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    /** Returns the rest of the current entry's content. */
    public InputStream content() {
        return new Content();
    }

    /** Returns all of the current entry's content, for small files. */
    public byte[] bytes() {
        try {
            byte[] bytes = new byte[Math.toIntExact(left)];
            readFully(bytes, bytes.length);
            left = 0;
            return bytes;
        } catch (IOException e) {
            throw damaged("it ends in the middle, at byte " + position());
        }
    }

    /** Writes the current entry, headers and content, unchanged; its content must not have been read. */
    public void copyTo(OutputStream out) throws IOException {
        head.writeTo(out);
        while (left > 0) {
            int n = fill(left);
            out.write(buffer.array(), buffer.position(), n);
            buffer.position(buffer.position() + n);
            left -= n;
        }
        out.write(new byte[padding]);
    }

    /** Returns the current entry, headers and content and padding, unchanged; its content must not have been read. Valid until the next one. */
    InputStream raw() {
        return new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(head.toByteArray()), content()),
                new ByteArrayInputStream(new byte[padding]));
    }

    /** Returns how much of the file has been read. */
    public long position() {
        try {
            return channel.position() - buffer.remaining();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TreeException("cannot close archive " + file + ": " + e, e);
        }
    }

    /** Returns the size of a file in bytes. */
    static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new TreeException("cannot read archive " + file + ": " + e, e);
        }
    }

    private byte[] meta(long size) throws IOException {
        if (size > META_MAX || head.size() > ALL_META_MAX) {
            throw damaged("extended headers of " + (head.size() + size) + " bytes are too long");
        }
        byte[] padded = new byte[(int) size + padding(size)];
        readFully(padded, padded.length);
        head.write(padded);
        return Arrays.copyOf(padded, (int) size);
    }

    private static int padding(long size) {
        return (int) (-size & (TarHeader.BLOCK - 1));
    }

    private void readFully(byte[] into, int length) throws IOException {
        for (int at = 0; at < length; ) {
            int n = fill(length - at);
            buffer.get(into, at, n);
            at += n;
        }
    }

    /** Fills the buffer and returns how many bytes are available, at most {@code wanted}; at least one. */
    private int fill(long wanted) throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int n = channel.read(buffer);
            buffer.flip();
            if (n <= 0) {
                buffer.limit(0);
                throw new EOFException();
            }
        }
        return (int) Math.min(wanted, buffer.remaining());
    }

    private void skip(long bytes) throws IOException {
        int here = (int) Math.min(bytes, buffer.remaining());
        buffer.position(buffer.position() + here);
        if (bytes > here) {
            channel.position(channel.position() + bytes - here);
        }
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private TreeException damaged(String how) {
        return new TreeException(file + " is not a whole tar archive: " + how + "; delete it and bake again");
    }

    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int n = fill(Math.min(left, length));
            buffer.get(into, offset, n);
            left -= n;
            return n;
        }
    }
}
