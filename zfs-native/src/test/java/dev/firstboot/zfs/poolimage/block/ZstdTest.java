package dev.firstboot.zfs.poolimage.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZstdTest {
    @Test
    void compress_anyBytes_isAFrameWithoutMagicBehindLengthAndLevel() {
        byte[] source = new byte[131_072];
        Random random = new Random(1);
        for (int at = 0; at < source.length; at++) {
            source[at] = (byte) random.nextInt(3);
        }
        try (Zstd zstd = new Zstd(19);
                ZstdDecompressCtx reader = new ZstdDecompressCtx()) {
            byte[] target = new byte[source.length];
            int size = zstd.compress(source, source.length, target, source.length);
            assertThat(size).isBetween(1, source.length / 3);
            assertThat(ByteBuffer.wrap(target).getInt()).isEqualTo(size - 8);
            assertThat(target[4]).isEqualTo((byte) 19);
            reader.setMagicless(true);
            assertThat(reader.decompress(Arrays.copyOfRange(target, 8, size), source.length))
                    .isEqualTo(source);
        }
    }

    @Test
    void compress_aboveTheLimit_givesUp() {
        byte[] source = new byte[4096];
        new Random(2).nextBytes(source);
        try (Zstd zstd = new Zstd(3)) {
            byte[] target = new byte[source.length];
            assertThat(zstd.compress(source, source.length, target, 3584)).isZero();
        }
    }
}
