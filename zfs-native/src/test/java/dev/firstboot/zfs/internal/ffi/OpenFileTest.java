package dev.firstboot.zfs.internal.ffi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading and writing a direct buffer that has been used in part: what is outside of its position and limit is neither written nor told. */
class OpenFileTest {
    private final Pipe pipe = Pipe.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);

    @AfterEach
    void close() {
        pipe.close();
    }

    private String text() {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.duplicate().clear().get(bytes);
        return new String(bytes, US_ASCII).replace('\0', '.').replaceAll("\\.+$", "");
    }

    private void fill(String text) {
        buffer.clear().put(text.getBytes(US_ASCII)).flip();
    }

    @Test
    void read_inPieces_putsEachBehindTheOneBefore() {
        for (String piece : new String[] {"abc", "de", "fgh"}) {
            OpenFile.write(pipe.writeEnd(), direct(piece));
            assertThat(OpenFile.read(pipe.readEnd(), buffer)).isEqualTo(piece.length());
        }
        assertThat(text()).isEqualTo("abcdefgh");
        assertThat(buffer.position()).isEqualTo(8);
    }

    @Test
    void read_betweenPositionAndLimit_leavesTheRestAlone() {
        OpenFile.write(pipe.writeEnd(), direct("abcdefgh"));
        buffer.position(10).limit(13);
        assertThat(OpenFile.read(pipe.readEnd(), buffer)).isEqualTo(3);
        assertThat(text()).isEqualTo("..........abc");
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void write_fromAPosition_writesWhatIsThere() {
        fill("abcdefghij");
        buffer.position(3);
        assertThat(OpenFile.write(pipe.writeEnd(), buffer)).isEqualTo(7);
        assertThat(buffer.hasRemaining()).isFalse();
        buffer.clear();
        OpenFile.read(pipe.readEnd(), buffer);
        assertThat(text()).startsWith("defghij");
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length())
                .put(text.getBytes(US_ASCII))
                .flip();
    }
}
