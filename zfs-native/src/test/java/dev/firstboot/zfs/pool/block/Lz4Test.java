package dev.firstboot.zfs.pool.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

class Lz4Test {
    private static byte[] text(int length) {
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(3));
        }
        return bytes;
    }

    /** What another decoder makes of it. */
    private static byte[] read(byte[] framed, int size, int length) {
        assertThat(ByteBuffer.wrap(framed).getInt()).isEqualTo(size - 4);
        return LZ4Factory.safeInstance().safeDecompressor().decompress(framed, 4, size - 4, length);
    }

    @Test
    void compress_bytesOfEveryLengthAndKind_areReadByAnotherDecoder() {
        Random random = new Random(1);
        Lz4 lz4 = new Lz4();
        for (int round = 0; round < 4000; round++) {
            byte[] source = new byte[1 + random.nextInt(round % 8 == 0 ? 200_000 : 600)];
            int kinds = 1 << random.nextInt(9);
            for (int at = 0; at < source.length; at++) {
                source[at] = (byte) random.nextInt(kinds);
            }
            for (int copies = random.nextInt(8); copies > 0; copies--) {
                int length = random.nextInt(source.length) + 1;
                System.arraycopy(
                        source,
                        random.nextInt(source.length - length + 1),
                        source,
                        random.nextInt(source.length - length + 1),
                        length);
            }
            byte[] target = new byte[lz4.bound(source.length)];
            int size = lz4.compress(source, source.length, target, Integer.MAX_VALUE);
            assertThat(read(target, size, source.length)).as("round %d", round).isEqualTo(source);
        }
    }

    @Test
    void compress_partOfAnArray_takesNoMore() {
        byte[] source = text(5000);
        Lz4 lz4 = new Lz4();
        byte[] target = new byte[lz4.bound(4096)];
        int size = lz4.compress(source, 4096, target, 4096);
        assertThat(read(target, size, 4096)).isEqualTo(Arrays.copyOf(source, 4096));
    }

    @Test
    void compress_aboveTheLimit_givesUp() {
        byte[] source = new byte[100_000];
        new Random(2).nextBytes(source);
        Lz4 lz4 = new Lz4();
        byte[] target = new byte[lz4.bound(source.length)];
        assertThat(lz4.compress(source, source.length, target, source.length - (source.length >> 3)))
                .isZero();
        int size = lz4.compress(text(4096), 4096, target, 4096);
        assertThat(lz4.compress(text(4096), 4096, target, size)).isEqualTo(size);
        assertThat(lz4.compress(text(4096), 4096, target, size - 1)).isZero();
    }

    @Test
    void compress_text_isAsSmallAsALibraryMakesIt() {
        byte[] source = text(131_072);
        Lz4 lz4 = new Lz4();
        int size = lz4.compress(source, source.length, new byte[lz4.bound(source.length)], source.length);
        int others = LZ4Factory.safeInstance().fastCompressor().compress(source).length;
        assertThat(size).isBetween(others / 2, others * 21 / 20);
    }
}
