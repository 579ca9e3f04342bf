package dev.firstboot.zfs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firstboot.zfs.stream.StreamReport.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RealStreamsTest {
    static Stream<String> names() {
        return RealStreams.NAMES.stream();
    }

    static Stream<RealStreams.Cut> cuts() throws IOException {
        return RealStreams.cuts().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void verify_wholeStream_isIntact(String name) throws IOException {
        byte[] stream = RealStreams.stream(name);

        StreamReport report = RealStreams.verify(stream);

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.INTACT);
        assertThat(report.isIntact()).isTrue();
        assertThat(report.length()).isEqualTo(stream.length);
        assertThat(report.verified()).isEqualTo(stream.length);
        assertThat(report.resume()).isEmpty();
        assertThat(report.streams()).allMatch(StreamReport.Contained::complete);
    }

    @ParameterizedTest
    @MethodSource("names")
    void next_wholeStream_readsWhatZstreamDumps(String name) throws IOException {
        List<String> records = new ArrayList<>();
        for (SendRecord record : records(RealStreams.stream(name))) {
            records.add(ZstreamText.of(record));
        }

        assertThat(records).isEqualTo(ZstreamText.records(RealStreams.dump(name)));
    }

    private static List<SendRecord> records(byte[] stream) throws IOException {
        List<SendRecord> records = new ArrayList<>();
        try (SendStreamReader reader = new SendStreamReader(new ByteArrayInputStream(stream))) {
            Optional<SendRecord> record = reader.next();
            while (record.isPresent()) {
                records.add(record.get());
                record = reader.next();
            }
        }
        return records;
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void verify_cutStream_resumesWhereItsReceiverWould(RealStreams.Cut cut) throws IOException {
        byte[] received = Arrays.copyOf(RealStreams.stream(cut.stream()), cut.bytes());

        StreamReport report = RealStreams.verify(received);

        assertThat(report.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(report.length()).isEqualTo(received.length);
        ResumeToken theirs = ResumeToken.parse(cut.token());
        assertThat(report.resume().orElseThrow().contents()).isEqualTo(theirs.contents());
        assertThat(report.resume()).hasValue(theirs);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void encode_tokenOfOpenZfs_isTheSameText(RealStreams.Cut cut) {
        assertThat(ResumeToken.parse(ResumeToken.parse(cut.token()).encode()))
                .isEqualTo(ResumeToken.parse(cut.token()));
        assertThat(ResumeToken.parse(cut.token()).encode()).isEqualTo(cut.token());
    }

    @ParameterizedTest
    @MethodSource("names")
    void verify_cutAnywhere_isTruncatedAndNeverThrows(String name) throws IOException {
        byte[] stream = RealStreams.stream(name);
        int step = Math.max(4, stream.length / 150);
        for (int length = 0; length < stream.length; length += step) {
            StreamReport report = RealStreams.verify(Arrays.copyOf(stream, length));

            assertThat(report.verdict()).as("cut at %s", length).isEqualTo(Verdict.TRUNCATED);
            assertThat(report.length()).isEqualTo(length);
            assertThat(report.verified()).isBetween(0L, (long) length);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void verify_anyBitFlipped_isNeverIntact(String name) throws IOException {
        byte[] stream = RealStreams.stream(name);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            int bit = random.nextInt(stream.length * 8);
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            StreamReport report = RealStreams.verify(flipped);

            assertThat(report.verdict()).as("seed %s, bit %s", seed, bit).isNotEqualTo(Verdict.INTACT);
            assertThat(report.verified()).as("seed %s, bit %s", seed, bit).isLessThanOrEqualTo(bit / 8);
        }
    }

    /** {@code zfs send --saved} sends what was received in part, and no end. */
    @Test
    void verify_savedStream_isTruncatedAndCanBeResumed() throws IOException {
        StreamReport report = RealStreams.verify(RealStreams.stream("saved"));

        assertThat(report.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(report.resume().map(ResumeToken::object)).hasValue(3L);
    }

    @Test
    void verify_damagedStream_tellsWhereAndHowToResume() throws IOException {
        byte[] stream = RealStreams.stream("full");
        stream[300_000] ^= 1;

        StreamReport report = RealStreams.verify(stream);

        assertThat(report.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(report.problem()).containsInstanceOf(StreamChecksumException.class);
        assertThat(report.verified()).isLessThan(300_000).isGreaterThan(200_000);
        assertThat(report.resume().map(ResumeToken::object)).hasValue(3L);
        assertThat(report.toString())
                .startsWith("DAMAGED: ")
                .contains("tank/a@1", "incomplete", "something changed behind byte", "zfs send -t 1-");
    }

    @Test
    void verify_package_tellsEveryStreamInIt() throws IOException {
        StreamReport report = RealStreams.verify(RealStreams.stream("replicated"));

        assertThat(report.streams())
                .extracting(contained -> contained.begin().toName())
                .containsExactly("tank/tree@2", "tank/tree@1", "tank/tree@2", "tank/tree/leaf@1", "tank/tree/leaf@2");
        assertThat(report.streams()
                        .get(0)
                        .begin()
                        .details()
                        .orElseThrow()
                        .nvlist("fss")
                        .pairs())
                .hasSize(2);
    }

    @Test
    void verify_file_readsIt(@TempDir Path dir) throws IOException {
        Path file = Files.write(dir.resolve("stream"), RealStreams.stream("raw"));

        assertThat(StreamVerifier.verify(file).isIntact()).isTrue();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> StreamVerifier.verify(dir.resolve("none")));
    }
}
