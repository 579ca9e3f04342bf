package dev.firstboot.bake.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are damaged, or more than one, are refused as such by all that read them. */
class DamagedTarTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    /** Adds an entry whose size is written so. */
    private DamagedTarTest add(char type, String name, String size, byte[] content) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 124, size);
        put(header, 136, "00000000144");
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0", sum));
        archive.write(header);
        archive.write(content);
        archive.write(new byte[-content.length & 511]);
        return this;
    }

    private DamagedTarTest add(char type, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        return add(type, name, String.format(Locale.ROOT, "%011o", bytes.length), bytes);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private Path end() throws IOException {
        archive.write(new byte[1024]);
        Path tar = Files.write(directory.resolve("some.tar"), archive.toByteArray());
        archive.reset();
        return tar;
    }

    private void isDamaged(String... words) throws IOException {
        Path tar = end();
        assertThatThrownBy(() -> Tree.read(tar, path -> true))
                .isInstanceOf(TreeException.class)
                .hasMessageContaining(tar.toString())
                .hasMessageContainingAll(words);
    }

    @Test
    void read_secondArchiveBehindTheFirst_isRefused() throws IOException {
        add('0', "first", "1");
        archive.write(new byte[10_240]);
        add('0', "second", "2");
        isDamaged("behind its end");
    }

    @Test
    void replaceTimes_secondArchiveBehindTheFirst_isRefused() throws IOException {
        add('0', "first", "1");
        archive.write(new byte[1024]);
        Path tar = add('0', "second", "2").end();
        assertThatThrownBy(() -> TarTimes.replace(tar, 0, 7))
                .isInstanceOf(TreeException.class)
                .hasMessageContainingAll(tar.toString(), "behind its end");
    }

    @Test
    void read_zerosBehindTheEnd_areFine() throws IOException {
        add('0', "f", "1");
        archive.write(new byte[100_001]);
        Path tar = end();
        assertThat(Tree.read(tar, path -> false).exists("/f")).isTrue();
    }

    @Test
    void read_sizeThatNoneHas_isRefusedWhateverItIsTheSizeOf() throws IOException {
        for (char type : "0xgLK".toCharArray()) {
            add(type, "f", "\u00ff".repeat(12), new byte[0]);
            isDamaged("-1 bytes");
            add(type, "f", "\u0080" + "\u00ff".repeat(11), new byte[0]);
            isDamaged("63 bits");
        }
        add('x', "pax", "11 size=-1\n").add('0', "f", "");
        isDamaged("-1 bytes");
    }

    @Test
    void replaceTimes_sizeThatNoneHas_isRefused() throws IOException {
        Path tar = add('0', "f", "\u00ff".repeat(12), new byte[0]).end();
        assertThatThrownBy(() -> TarTimes.replace(tar, 0, 7))
                .isInstanceOf(TreeException.class)
                .hasMessageContainingAll(tar.toString(), "-1 bytes");
    }

    @Test
    void read_damagedExtendedHeader_isRefused() throws IOException {
        for (String record : new String[] {
            "7", "7 ", "x a=b\n", "0 a=b\n", "-6 a=b\n", "99 a=b\n", "6 a=bc", "5 ab\n", "12 mtime=x\n"
        }) {
            add('x', "pax", record).add('0', "f", "");
            isDamaged("extended header");
        }
    }

    @Test
    void read_extendedHeadersThatAddUp_areRefused() throws IOException {
        for (int i = 0; i < 6; i++) {
            add('g', "pax", "x".repeat(1 << 20));
        }
        add('0', "f", "");
        isDamaged("extended headers", "too long");
    }
}
