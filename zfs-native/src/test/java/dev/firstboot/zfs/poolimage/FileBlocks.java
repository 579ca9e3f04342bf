package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jpountz.lz4.LZ4Factory;

/** Reads a file out of a pool image: zdb tells where its blocks are, and the image has them there. */
final class FileBlocks {
    /** Bytes in front of what block pointers count from. */
    private static final long DATA_START = 4L << 20;

    private static final Pattern BLOCK = Pattern.compile(
            "^\\s+([0-9a-f]+)\\s+L0 0:([0-9a-f]+):[0-9a-f]+ (?:[0-9a-f:]+ )*([0-9a-f]+)L/([0-9a-f]+)P",
            Pattern.MULTILINE);

    private FileBlocks() {}

    /** The bytes of a file of which zdb said {@code told}. */
    static byte[] read(Path image, String told, int size, Compression compression) throws IOException {
        byte[] content = new byte[size];
        try (FileChannel channel = FileChannel.open(image)) {
            Matcher block = BLOCK.matcher(told);
            while (block.find()) {
                int at = (int) Long.parseLong(block.group(1), 16);
                int logical = Integer.parseInt(block.group(3), 16);
                ByteBuffer stored = ByteBuffer.allocate(Integer.parseInt(block.group(4), 16));
                assertThat(channel.read(stored, DATA_START + Long.parseLong(block.group(2), 16)))
                        .isEqualTo(stored.capacity());
                byte[] bytes = stored.capacity() == logical
                        ? stored.array()
                        : decompress(stored.array(), logical, compression);
                System.arraycopy(bytes, 0, content, at, Math.min(logical, size - at));
            }
        }
        return content;
    }

    /** A length, big-endian, and an LZ4 block of that many bytes; or the same with a level and a Zstandard frame. */
    private static byte[] decompress(byte[] stored, int logical, Compression compression) {
        int length = ByteBuffer.wrap(stored).getInt();
        if (compression == Compression.ZSTD) {
            try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
                return zstd.setMagicless(true)
                        .decompress(Arrays.copyOfRange(stored, 2 * Integer.BYTES, 2 * Integer.BYTES + length), logical);
            }
        }
        return LZ4Factory.safeInstance().safeDecompressor().decompress(stored, Integer.BYTES, length, logical);
    }
}
