package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.stream.ResumeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Streams that stopped half-way, beyond what OpenZFS's own binding for Python has tests for. */
class ResumeTest extends StreamsTest {
    private static Dataset target(String name) {
        return zfs().dataset(pool(name));
    }

    private static ResumeToken token(Dataset dataset) {
        return ResumeToken.parse(dataset.properties().get("receive_resume_token"));
    }

    /** {@code recv}, which two thirds of {@code fs1@snap1} have come to. */
    private Dataset half() throws IOException {
        byte[] stream = Files.readAllBytes(full());
        Path cut = Files.write(newFile(), Arrays.copyOf(stream, stream.length * 2 / 3));
        refused(cut, pool("recv@snap1"), ReceiveOptions.plain().resumable());
        return target("recv");
    }

    @Test
    void estimate_ofWhatIsLeft_isLess() throws IOException {
        ResumeToken token = token(half());
        Snapshot snapshot = zfs().snapshot(pool("fs1@snap1"));
        long whole = snapshot.estimate(SendOptions.full());
        long rest = snapshot.estimate(SendOptions.full().resume(token));
        assertThat(rest).isPositive().isLessThan(whole);
    }

    /** What came can be sent on, and stops there where it did here. */
    @Test
    void send_ofWhatWasSaved_canBeResumedElsewhere() throws IOException {
        Dataset half = half();
        Path saved = newFile();
        long bytes = half.startSend(SendOptions.full().saved(), StreamTarget.file(saved))
                .await();
        assertThat(bytes).isEqualTo(Files.size(saved)).isGreaterThan(SIZE / 4);
        ReceiveOptions resumable = ReceiveOptions.plain().resumable();
        failure(() -> target("other").receive(resumable, StreamSource.file(saved)));
        ResumeToken token = token(target("other"));
        assertThat(token.to()).isEqualTo(token(half).to());
        Snapshot snapshot = zfs().snapshot(pool("fs1@snap1"));
        receive(sent(snapshot, SendOptions.full().resume(token)), pool("other@snap1"), resumable);
        assertThat(Mounted.isSame(pool("fs1"), pool("other"), "one")).isTrue();
    }
}
