package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.error.ZfsUnsupportedException;
import dev.firstboot.zfs.live.Commands;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.StreamsTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code lzc_receive_with_heal}, which OpenZFS has since 2.2. */
class ReceiveHealTest extends StreamsTest {
    private static final Path DEVICE = Path.of(System.getProperty("java.io.tmpdir"), "normal.zpool");

    @Test
    void recv_with_heal() throws IOException {
        Path full = full();
        byte[] content;
        try (Mounted mounted = Mounted.of(pool("fs1"))) {
            content = Files.readAllBytes(mounted.directory().resolve("one"));
        }
        Commands.run("zpool", "export", "normal");
        damage(Arrays.copyOf(content, 4096));
        Commands.run("zpool", "import", "-N", "-o", "cachefile=none", "-d", DEVICE.toString(), "normal");
        try (Mounted mounted = Mounted.of(pool("fs1"))) {
            assertThatThrownBy(() -> Files.readAllBytes(mounted.directory().resolve("one")))
                    .isInstanceOf(IOException.class);
        }
        ReceiveOptions heal = ReceiveOptions.plain().heal();
        if (zfs().hasFunction("lzc_receive_with_heal")) {
            zfs().snapshot(pool("fs1@snap1")).receive(heal, StreamSource.file(full));
            try (Mounted mounted = Mounted.of(pool("fs1"))) {
                assertThat(Files.readAllBytes(mounted.directory().resolve("one")))
                        .isEqualTo(content);
            }
        } else {
            assertThat(failure(() -> zfs().snapshot(pool("fs1@snap1")).receive(heal, StreamSource.file(full))))
                    .isInstanceOf(ZfsUnsupportedException.class)
                    .hasMessageContaining("lzc_receive_with_heal");
        }
    }

    /** Overwrites each block that begins with these bytes: files of the same content that are gone have left theirs behind. */
    private static void damage(byte[] start) throws IOException {
        try (RandomAccessFile device = new RandomAccessFile(DEVICE.toFile(), "rw");
                FileChannel channel = device.getChannel()) {
            int found = 0;
            ByteBuffer block = ByteBuffer.allocate(start.length);
            for (long at = 0; at < channel.size(); at += 512) {
                block.clear();
                channel.read(block, at);
                if (Arrays.equals(block.array(), start)) {
                    channel.write(ByteBuffer.allocate(start.length), at);
                    found++;
                }
            }
            assertThat(found).isPositive();
        }
    }
}
