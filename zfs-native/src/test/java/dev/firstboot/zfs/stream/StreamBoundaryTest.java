package dev.firstboot.zfs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamBoundaryTest {
    static List<String> single() {
        return RealStreams.NAMES.stream()
                .filter(name -> !name.equals("replicated") && !name.equals("holds"))
                .toList();
    }

    /** Follows bytes in steps of up to so many, as if they came from a connection; returns how many were taken. */
    private static int taken(byte[] bytes, int most) {
        StreamBoundary boundary = new StreamBoundary();
        Random random = new Random(7);
        int at = 0;
        while (!boundary.hasEnded() && at < bytes.length) {
            int count = (int) Math.min(Math.min(boundary.wanted(), 1 + random.nextInt(most)), bytes.length - at);
            assertThat(count).isPositive();
            boundary.passed(ByteBuffer.wrap(bytes, at, count));
            at += count;
        }
        return at;
    }

    @ParameterizedTest
    @MethodSource("single")
    void passed_streamWithMoreBehind_endsWhereTheStreamDoes(String name) throws IOException {
        byte[] stream = RealStreams.stream(name);
        byte[] more = Arrays.copyOf(stream, stream.length + 5000);
        for (int most : new int[] {1000, 1 << 20}) {
            assertThat(taken(more, most)).isEqualTo(stream.length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void passed_byteByByteOfTheOtherByteOrder_endsWhereTheStreamDoes(int most) {
        byte[] stream = new StreamBuilder(ByteOrder.BIG_ENDIAN)
                .begin("tank@a", 0)
                .object(1)
                .write(1, 0, new byte[512])
                .end()
                .build();
        assertThat(taken(Arrays.copyOf(stream, stream.length * 2), most)).isEqualTo(stream.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void passed_noise_endsAtOnce(long seed) {
        byte[] noise = new byte[10_000];
        new Random(seed).nextBytes(noise);
        assertThat(taken(noise, 100)).isEqualTo(RecordHeader.SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = {313, 10_000})
    void passed_moreThanWanted_isRefused(int count) {
        StreamBoundary boundary = new StreamBoundary();
        assertThat(boundary.wanted()).isEqualTo(RecordHeader.SIZE);
        assertThatThrownBy(() -> boundary.passed(ByteBuffer.allocate(count)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
