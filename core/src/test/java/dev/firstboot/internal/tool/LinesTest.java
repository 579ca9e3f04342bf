package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void write_oneByteAtATime_cutsTheSameLines() {
        assertThat(lines("ä\r\n\nb\rc\r\r\nd".getBytes(UTF_8), 1)).containsExactly("ä", "", "b", "c", "", "d");
        assertThat(lines("ä\r\n\nb\rc\r\r\nd".getBytes(UTF_8), 100)).containsExactly("ä", "", "b", "c", "", "d");
    }

    @Test
    void write_bytesThatAreNotUtf8_becomeReplacementCharacters() {
        assertThat(lines(new byte[] {'a', (byte) 0xff, '\n'}, 3)).containsExactly("a\ufffd");
    }

    @Test
    void write_lineWithoutEnd_isCut() {
        byte[] bytes = new byte[3 * Lines.LONGEST];
        java.util.Arrays.fill(bytes, (byte) 'x');
        assertThat(lines(bytes, 1000)).hasSize(3).allMatch(line -> line.length() == Lines.LONGEST);
    }

    @Test
    void write_randomBytesInRandomPieces_losesNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(random.nextInt(20) == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
        }
        List<String> expected = text.toString().lines().toList();
        assertThat(lines(text.toString().getBytes(UTF_8), 1 + random.nextInt(300)))
                .as("seed %s", seed)
                .isEqualTo(expected);
    }

    private static List<String> lines(byte[] bytes, int piece) {
        List<String> found = new ArrayList<>();
        Lines lines = new Lines(found::add);
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            lines.write(part, part.length);
        }
        lines.end();
        return found;
    }
}
