package dev.firstboot.zfs.poolimage.format;

import dev.firstboot.zfs.internal.checksum.Fletcher4;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Four 64-bit words, {@code zio_cksum_t}, and the two ways this writer computes them. */
public record Checksum(long word0, long word1, long word2, long word3) {
    /** Returns the Fletcher-4 checksum of the first {@code length} bytes, a multiple of four: {@code fletcher_4_native}. */
    public static Checksum fletcher4(byte[] data, int length) {
        Fletcher4 sum = new Fletcher4(ByteOrder.LITTLE_ENDIAN);
        sum.update(data, 0, length);
        Fletcher4.Words words = sum.words();
        return new Checksum(words.a(), words.b(), words.c(), words.d());
    }

    /** Returns the SHA-256 checksum, with its digest read as four big-endian words: {@code zio_checksum_SHA256}. */
    public static Checksum sha256(byte[] data, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data, offset, length);
            ByteBuffer words = ByteBuffer.wrap(digest.digest());
            return new Checksum(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes the four words. */
    public void writeTo(ByteBuffer target, int at) {
        target.putLong(at, word0);
        target.putLong(at + 8, word1);
        target.putLong(at + 16, word2);
        target.putLong(at + 24, word3);
    }
}
