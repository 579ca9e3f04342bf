package dev.firstboot.zfs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.stream.StreamReport.Verdict;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendStreamReaderTest {
    private static final NvList DETAILS =
            NvList.builder().addUint64("resume_object", 7).build();

    static List<ByteOrder> orders() {
        return List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private static StreamBuilder little() {
        return new StreamBuilder(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] small() {
        return little().begin("tank@a", 0)
                .object(1)
                .write(1, 0, new byte[512])
                .end()
                .build();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void next_anyByteOrder_readsTheSame(ByteOrder order) throws IOException {
        byte[] stream = new StreamBuilder(order)
                .begin("tank@a", 1 << 24, DETAILS.encode(NvEncoding.XDR))
                .object(1)
                .write(1, 4096, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                .end()
                .build();
        try (SendStreamReader reader = new SendStreamReader(new ByteArrayInputStream(stream))) {
            SendRecord.Begin begin = (SendRecord.Begin) reader.next().orElseThrow();
            assertThat(begin.toName()).isEqualTo("tank@a");
            assertThat(begin.to()).hasToString("9223372036854775809");
            assertThat(begin.features()).containsExactly(StreamFeature.RAW);
            assertThat(begin.details()).hasValue(DETAILS);
            assertThat(begin.created()).hasToString("2023-11-14T22:13:20Z");
            assertThat(reader.payload()).isEmpty();

            assertThat(reader.next()).get().isInstanceOf(SendRecord.DmuObject.class);
            SendRecord.Write write = (SendRecord.Write) reader.next().orElseThrow();
            assertThat(write.offset()).isEqualTo(4096);
            assertThat(reader.payload()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(reader.payload()).as("asked for again").isEmpty();

            assertThat(reader.next()).get().isInstanceOf(SendRecord.End.class);
            assertThat(reader.next()).isEmpty();
            assertThat(reader.verified()).isEqualTo(stream.length);
        }
    }

    @Test
    void verify_oldStreamWithoutRecordChecksums_isIntactButVerifiedAtItsEndOnly() throws IOException {
        StreamBuilder old =
                little().withoutRecordChecksums().begin("tank@a", 0).object(1).write(1, 0, new byte[512]);

        StreamReport cut = RealStreams.verify(old.build());
        StreamReport whole = RealStreams.verify(old.end().build());

        assertThat(cut.verified()).isZero();
        assertThat(cut.resume()).isEmpty();
        assertThat(whole.verdict()).isEqualTo(Verdict.INTACT);
    }

    @Test
    void verify_streamsOneAfterTheOther_isIntact() throws IOException {
        byte[] stream = little().begin("tank@a", 0)
                .end()
                .packageHead(NvList.empty().encode(NvEncoding.XDR))
                .begin("tank@b", 0)
                .end()
                .packageEnd()
                .begin("tank@c", 0)
                .end()
                .build();

        StreamReport report = RealStreams.verify(stream);

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.INTACT);
        assertThat(report.streams()).hasSize(4);
    }

    @Test
    void verify_packageWithoutItsEnd_isTruncated() throws IOException {
        StreamReport report = RealStreams.verify(
                little().packageHead().begin("tank@b", 0).end().build());

        assertThat(report.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(report.streams()).allMatch(StreamReport.Contained::complete);
        assertThat(report.resume()).isEmpty();
    }

    @Test
    void verify_deduplicated_isRefusedWithTheWayOut() throws IOException {
        byte[] byFlag = little().begin("tank@a", 1).end().build();
        byte[] byRecord = little().begin("tank@a", 0)
                .record(StreamBuilder.WRITE_BYREF, new byte[0], record -> {})
                .build();
        for (byte[] stream : List.of(byFlag, byRecord)) {
            StreamReport report = RealStreams.verify(stream);

            assertThat(report.verdict()).isEqualTo(Verdict.UNSUPPORTED);
            assertThat(report.problem()).get().asString().contains("zstream redup");
        }
    }

    @Test
    void verify_recordsOutOfOrder_doesNotLeadPastWhatIsMissing() throws IOException {
        StreamReport report = RealStreams.verify(little().begin("tank@a", 0)
                .object(9)
                .object(2)
                .write(2, 0, new byte[8])
                .record(StreamBuilder.FREE, new byte[0], record -> {})
                .build());

        assertThat(report.resume().map(ResumeToken::object)).hasValue(9L);
    }

    @Test
    void verify_nothing_isTruncated() throws IOException {
        assertThat(RealStreams.verify(new byte[0]).problem()).get().asString().contains("the stream is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"this is not a send stream, whatever else it may be; ", "\0"})
    void verify_somethingElse_isDamaged(String text) throws IOException {
        StreamReport report = RealStreams.verify(text.repeat(400).getBytes(StandardCharsets.UTF_8));

        assertThat(report.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(report.problem()).get().asString().contains("not a send stream");
    }

    @Test
    void next_hostileNumbers_areRefused() {
        StreamBuilder huge = little().begin("tank@a", 0)
                .record(StreamBuilder.WRITE, new byte[0], record -> record.putLong(32, (16 << 20) + 1));
        StreamBuilder negative =
                little().begin("tank@a", 0).record(StreamBuilder.WRITE, new byte[0], record -> record.putLong(32, -8));
        StreamBuilder details = little().begin("tank@a", 1L, Integer.MAX_VALUE);
        StreamBuilder unreadable = little().begin("tank@a", 0, (byte) 9, (byte) 9, (byte) 9, (byte) 9);
        StreamBuilder never = little().record(
                        StreamBuilder.BEGIN,
                        new byte[0],
                        record -> record.putLong(8, 0x2F5bacbacL).putLong(16, 1).putLong(24, Long.MAX_VALUE));
        for (StreamBuilder stream : List.of(huge, negative, details, unreadable, never)) {
            assertThatExceptionOfType(MalformedStreamException.class)
                    .isThrownBy(() -> readAll(new ByteArrayInputStream(stream.build())));
        }
    }

    @Test
    void next_unknownRecord_namesItsTypeAndPlace() {
        byte[] stream = little().begin("tank@a", 0)
                .record(77, new byte[0], record -> {})
                .build();

        assertThatThrownBy(() -> readAll(new ByteArrayInputStream(stream)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("77")
                .hasMessageContaining("byte 312");
    }

    @Test
    void next_streamWithinStream_isRefused() {
        byte[] stream = little().begin("tank@a", 0).begin("tank@b", 0).build();

        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> readAll(new ByteArrayInputStream(stream)))
                .withMessageContaining("another stream starts");
    }

    @ParameterizedTest
    @ValueSource(ints = {312, 316, 1000, 1 << 20})
    void next_oneByteAtATimeAndAnyBuffer_readsTheSame(int bufferSize) throws IOException {
        byte[] stream = RealStreams.stream("raw");
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(stream)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(1, length));
            }
        };

        try (SendStreamReader reader = new SendStreamReader(slow, bufferSize)) {
            List<SendRecord> records = readAll(reader);

            assertThat(records).isEqualTo(readAll(new ByteArrayInputStream(stream)));
        }
    }

    @Test
    void next_readingFails_isTold() {
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(small())) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, Math.min(400, length));
                if (read < 400) {
                    throw new IOException("the disk is gone");
                }
                return read;
            }
        };

        assertThatThrownBy(() -> readAll(failing))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
    }

    private static List<SendRecord> readAll(InputStream stream) throws IOException {
        try (SendStreamReader reader = new SendStreamReader(stream)) {
            return readAll(reader);
        }
    }

    private static List<SendRecord> readAll(SendStreamReader reader) throws IOException {
        List<SendRecord> records = new ArrayList<>();
        Optional<SendRecord> record = reader.next();
        while (record.isPresent()) {
            records.add(record.get());
            record = reader.next();
        }
        return records;
    }
}
