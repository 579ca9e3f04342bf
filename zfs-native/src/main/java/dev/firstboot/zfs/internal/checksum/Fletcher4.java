package dev.firstboot.zfs.internal.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Fletcher-4 checksum of OpenZFS ({@code zfs_fletcher.c}): four running 64-bit sums over 32-bit words in one byte order.
 * Bytes beyond the last whole word of an update do not count, as in OpenZFS. Not thread-safe.
 */
public final class Fletcher4 {
    /** Bytes of a word. The length of every update but the last must be a multiple of it. */
    public static final int WORD = Integer.BYTES;

    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final boolean bigEndian;
    private long a;
    private long b;
    private long c;
    private long d;

    /** Starts a checksum, with no bytes yet. */
    public Fletcher4(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    /** Adds the whole words among these bytes. */
    public void update(byte[] bytes, int offset, int length) {
        int end = offset + length / WORD * WORD;
        if (bigEndian) {
            updateBig(bytes, offset, end);
        } else {
            updateLittle(bytes, offset, end);
        }
    }

    // Twice the same loop: a byte order that is not a constant would cost most of the speed.

    private void updateLittle(byte[] bytes, int offset, int end) {
        long a = this.a;
        long b = this.b;
        long c = this.c;
        long d = this.d;
        for (int i = offset; i < end; i += WORD) {
            a += Integer.toUnsignedLong((int) LITTLE.get(bytes, i));
            b += a;
            c += b;
            d += c;
        }
        set(a, b, c, d);
    }

    private void updateBig(byte[] bytes, int offset, int end) {
        long a = this.a;
        long b = this.b;
        long c = this.c;
        long d = this.d;
        for (int i = offset; i < end; i += WORD) {
            a += Integer.toUnsignedLong((int) BIG.get(bytes, i));
            b += a;
            c += b;
            d += c;
        }
        set(a, b, c, d);
    }

    private void set(long a, long b, long c, long d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /** Returns the checksum of everything added so far. */
    public Words words() {
        return new Words(a, b, c, d);
    }

    /** A checksum: {@code zio_cksum_t}. */
    public record Words(long a, long b, long c, long d) {
        /** The value in a record that has no checksum. */
        public static final Words ZERO = new Words(0, 0, 0, 0);

        @Override
        public String toString() {
            return String.format("%x/%x/%x/%x", a, b, c, d);
        }
    }
}
