package dev.firstboot.zfs.poolimage.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Compressor;
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

    @Test
    void compress_anyBytes_isAFramedBlock() {
        byte[] source = text(100_000);
        byte[] target = new byte[source.length];
        int size = new Lz4().compress(source, source.length, target, Integer.MAX_VALUE);

        assertThat(ByteBuffer.wrap(target).getInt()).isEqualTo(size - 4);
        assertThat(LZ4Factory.safeInstance().safeDecompressor().decompress(target, 4, size - 4, source.length))
                .isEqualTo(source);
    }

    /** A new version of lz4-java may make other bytes: then this number changes, and what the changelog says of pool images. */
    @Test
    void sample_ofTheNativeLibrary_isKnown() {
        assertThat(Lz4.sample(LZ4Factory.nativeInstance())).isEqualTo(Lz4.SAMPLE);
        assertThat(Lz4.sample(LZ4Factory.safeInstance())).isNotEqualTo(Lz4.SAMPLE);
    }

    /** Pool images are the same everywhere only as long as everybody has the same compressor. */
    @Test
    void compress_here_isByTheNativeLibrary() {
        LZ4Compressor library = LZ4Factory.nativeInstance().fastCompressor();
        for (int length : new int[] {1, 512, 4096, 65_535, 65_536, 131_072}) {
            byte[] source = text(length);
            byte[] target = new byte[length + 64];
            int size = new Lz4().compress(source, length, target, Integer.MAX_VALUE);
            assertThat(Arrays.copyOfRange(target, 4, size)).isEqualTo(library.compress(source));
        }
    }

    @Test
    void compress_aboveTheLimit_givesUp() {
        byte[] noise = new byte[100_000];
        new Random(2).nextBytes(noise);
        Lz4 lz4 = new Lz4();
        byte[] target = new byte[noise.length];
        assertThat(lz4.compress(noise, noise.length, target, noise.length - (noise.length >> 3)))
                .isZero();
        int size = lz4.compress(text(4096), 4096, target, 4096);
        assertThat(lz4.compress(text(4096), 4096, target, size)).isEqualTo(size);
        assertThat(lz4.compress(text(4096), 4096, target, size - 1)).isZero();
        assertThat(lz4.compress(text(4096), 4096, target, 0)).isZero();
    }
}
