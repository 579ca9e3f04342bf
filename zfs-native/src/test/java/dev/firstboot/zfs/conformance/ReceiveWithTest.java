package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.ReceiveCalls;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.StreamsTest;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.stream.ResumeToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code lzc_receive_one}, {@code lzc_receive_with_cmdprops}, {@code lzc_receive_resumable} and {@code lzc_send_resume}. */
class ReceiveWithTest extends StreamsTest {
    private static Dataset target() {
        return zfs().dataset(pool("recv"));
    }

    @Test
    void recv_one() {
        receive(full(), pool("recv@snap1"));
        assertExists(pool("recv@snap1"));
    }

    @Test
    void recv_one_size() throws IOException {
        Path full = full();
        long bytes = zfs().snapshot(pool("recv@snap1")).receive(ReceiveOptions.plain(), StreamSource.file(full));
        assertThat(bytes).isCloseTo(Files.size(full), within(0L));
    }

    @Test
    void recv_one_props() {
        receive(
                full(),
                pool("recv@snap1"),
                ReceiveOptions.plain().receivedProperty("compression", "on").receivedProperty("ns:prop", "val"));
        assertThat(target().receivedProperties().get("compression")).isEqualTo("on");
        assertThat(target().receivedProperties().get("ns:prop")).isEqualTo("val");
        assertThat(target().properties().find("compression")).hasToString("Optional[compression=on (received)]");
    }

    /** The snapshot is there all the same, with the properties that are right. */
    @Test
    void recv_one_invalid_prop() throws IOException {
        NvList properties =
                NvList.builder().addUint64("exec", 0xff).addUint64("atime", 0).build();
        byte[] stream = Files.readAllBytes(full());
        byte[] header = Arrays.copyOf(stream, ReceiveCalls.HEADER);
        Path rest = Files.write(newFile(), Arrays.copyOfRange(stream, ReceiveCalls.HEADER, stream.length));
        try (OpenFile open = OpenFile.toRead(rest.toString())) {
            ReceiveCalls.Answer answer = ReceiveCalls.receive(
                    new ReceiveCalls.Spec(pool("recv@snap1"), properties, null, null, false, false, false, false),
                    null,
                    header,
                    open.fd());
            assertThat(answer.properties()).extracting(ItemFailure::item).containsExactly("exec");
            assertThat(answer.bytes()).isEqualTo(stream.length - ReceiveCalls.HEADER);
        }
        assertExists(pool("recv@snap1"));
        assertThat(target().receivedProperties().get("atime")).isEqualTo("off");
    }

    @Test
    void recv_with_cmdprops() {
        receive(
                full(),
                pool("recv@snap1"),
                ReceiveOptions.plain().property("compression", "on").property("ns:prop", "val"));
        assertThat(target().properties().find("compression")).hasToString("Optional[compression=on (local)]");
        assertThat(target().properties().get("ns:prop")).isEqualTo("val");
    }

    @Test
    void recv_with_cmdprops_and_recvprops() {
        receive(
                full(),
                pool("recv@snap1"),
                ReceiveOptions.plain()
                        .receivedProperty("atime", "on")
                        .receivedProperty("exec", "off")
                        .receivedProperty("ns:prop", "abc")
                        .property("compression", "on")
                        .property("ns:prop", "def"));
        assertThat(target().properties().get("exec")).isEqualTo("off");
        assertThat(target().properties().get("ns:prop")).isEqualTo("def");
        assertThat(target().receivedProperties().get("ns:prop")).isEqualTo("abc");
        target().inheritReceived("ns:prop");
        assertThat(target().properties().get("ns:prop")).isEqualTo("abc");
    }

    @Test
    void send_resume_token_full() throws IOException {
        Path full = full();
        cut(full);
        resumed(full, zfs().snapshot(pool("fs1@snap1")), SendOptions.full());
        assertThat(Mounted.isSame(pool("fs1@snap1"), pool("recv@snap1"), "one")).isTrue();
    }

    @Test
    void send_resume_token_incremental() throws IOException {
        receive(full(), pool("recv@snap1"));
        Path incremental = incremental();
        cut(incremental);
        Snapshot first = zfs().snapshot(pool("fs1@snap1"));
        resumed(incremental, zfs().snapshot(pool("fs1@snap2")), SendOptions.since(first));
        assertThat(Mounted.isSame(pool("fs1@snap2"), pool("recv@snap2"), "two")).isTrue();
    }

    private static void cut(Path stream) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(stream.toFile(), "rw")) {
            file.setLength(file.length() * 2 / 3);
        }
    }

    private void resumed(Path cut, Snapshot from, SendOptions options) {
        String name = pool("recv@") + from.shortName();
        ReceiveOptions resumable = ReceiveOptions.plain().resumable();
        assertThat(refused(cut, name, resumable).errno()).isIn(Errno.ZFS_ERR_STREAM_TRUNCATED, Errno.ECKSUM);
        ResumeToken token = ResumeToken.parse(target().properties().get("receive_resume_token"));
        assertThat(token.toName()).isEqualTo(from.name());
        Path rest = sent(from, options.resume(token));
        receive(rest, name, resumable);
        assertThat(target().properties().find("receive_resume_token")).isEmpty();
    }
}
