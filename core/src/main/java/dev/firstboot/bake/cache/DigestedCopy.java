package dev.firstboot.bake.cache;

import dev.firstboot.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads a file once, for its digest and optionally a copy. Throws {@link java.nio.channels.ClosedByInterruptException} on interruption. */
public final class DigestedCopy {
    private static final int CHUNK = 1 << 20;
    /** How much is copied between two reports of progress, and until an interrupted thread notices. */
    private static final int AT_ONCE = 16 << 20;

    private DigestedCopy() {}

    /** Returns the digest of a file. */
    public static Digest digest(Path file) throws IOException {
        try (WritableByteChannel nowhere = Channels.newChannel(OutputStream.nullOutputStream())) {
            return pump(file, nowhere, done -> {});
        }
    }

    /** Copies a file durably to a new one with these attributes, and returns the digest of the copied bytes. */
    public static Digest copy(Path from, Path to, LongConsumer progress, FileAttribute<?>... attributes)
            throws IOException {
        try (FileChannel out =
                FileChannel.open(to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            Digest digest = pump(from, out, progress);
            out.force(true);
            return digest;
        }
    }

    /** Copies a file durably to a new one with these attributes; its bytes stay in the kernel. */
    public static void copyUnread(Path from, Path to, LongConsumer progress, FileAttribute<?>... attributes)
            throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            long done = 0;
            for (long count; (count = in.transferTo(done, AT_ONCE, out)) > 0; ) {
                done += count;
                progress.accept(done);
            }
            out.force(true);
        }
    }

    private static Digest pump(Path from, WritableByteChannel to, LongConsumer progress) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
            long done = 0;
            while (in.read(buffer) != -1) {
                buffer.flip();
                done += buffer.remaining();
                sha256.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
                progress.accept(done);
            }
        }
        return Digest.of(sha256.digest());
    }
}
