package dev.firstboot.zfs.poolimage.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TarTreeReaderTest extends TarTests {
    @Test
    void read_everyType_isTold() throws IOException {
        add('5', "d/", "", new byte[0]);
        add('0', "d/f", "", new byte[] {1, 2, 3});
        add('1', "d/g", "d/f", new byte[0]);
        add('2', "d/l", "f", new byte[0]);
        add('3', "d/c", "", new byte[0]);
        add('4', "d/b", "", new byte[0]);
        add('6', "d/p", "", new byte[0]);

        List<TreeEntry> entries = read();

        assertThat(entries)
                .extracting(TreeEntry::type)
                .containsExactly(
                        FileType.DIRECTORY,
                        FileType.REGULAR,
                        FileType.HARD_LINK,
                        FileType.SYMLINK,
                        FileType.CHARACTER_DEVICE,
                        FileType.BLOCK_DEVICE,
                        FileType.FIFO);
        TreeEntry file = entries.get(1);
        assertThat(file.permissions()).isEqualTo(04755);
        assertThat(file.owner()).isEqualTo(1000);
        assertThat(file.group()).isEqualTo(1001);
        assertThat(file.times()).isEqualTo(FileTimes.all(Instant.ofEpochSecond(100)));
        assertThat(contents.get("/d/f")).containsExactly(1, 2, 3);
        assertThat(entries.get(4).device()).isEqualTo(8L << 20 | 1);
    }

    @Test
    void read_paxRecords_winAndKeepBytes() throws IOException {
        addPax(
                "path=" + "n".repeat(200) + "\u00ff",
                "mtime=12.000000345",
                "uid=3000000000",
                "SCHILY.xattr.security.capability=\u0001\u0000\u0000\u0002\u00ff\n");
        add('0', "short", "", new byte[0]);
        add('0', "next", "", new byte[0]);

        List<TreeEntry> entries = read();

        assertThat(entries.get(0).path().names()).containsExactly("n".repeat(200) + "\u00ff");
        assertThat(entries.get(0).times().modified()).isEqualTo(Instant.ofEpochSecond(12, 345));
        assertThat(entries.get(0).owner()).isEqualTo(3_000_000_000L);
        assertThat(entries.get(0).attributes().get("security.capability")).containsExactly(1, 0, 0, 2, -1, '\n');
        assertThat(entries.get(1).path().names()).containsExactly("next");
        assertThat(entries.get(1).attributes()).isEmpty();
    }

    @Test
    void read_gnuLongNames_areKept() throws IOException {
        add('L', "././@LongLink", "", ("a/".repeat(80) + "name\0").getBytes(StandardCharsets.US_ASCII));
        add('K', "././@LongLink", "", ("b/".repeat(80) + "target\0").getBytes(StandardCharsets.US_ASCII));
        add('2', "a", "b", new byte[0]);

        TreeEntry link = read().get(0);

        assertThat(link.path()).isEqualTo(TreePath.of("a/".repeat(80) + "name"));
        assertThat(link.target()).asString().isEqualTo("b/".repeat(80) + "target");
    }

    @Test
    void read_pathThatLeavesTheTree_isRefused() throws IOException {
        add('0', "a/../../etc/passwd", "", new byte[0]);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("..");
    }

    @Test
    void read_nameThatIsTooLong_isRefused() throws IOException {
        addPax("path=" + "n".repeat(256));
        add('0', "short", "", new byte[0]);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll("256 bytes", "255");
    }

    @Test
    void read_truncated_isRefused() throws IOException {
        add('0', "f", "", new byte[4000]);
        byte[] half = Arrays.copyOf(archive.toByteArray(), 1000);
        assertThatThrownBy(() ->
                        new TarTreeReader(new ByteArrayInputStream(half), "test.tar").read((entry, content) -> {}))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("truncated");
    }

    @Test
    void read_otherFile_isRefused() throws IOException {
        archive.write(new byte[] {0x1f, (byte) 0x8b, 8});
        archive.write(new byte[600]);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("no tar archive");
    }

    @Test
    void read_headerNumberThatIsNotOctal_isRefused() throws IOException {
        for (String size : List.of("+0000000001", "-0000000001", "00000000008", "0x000000001", "1 1", "1\0" + "1")) {
            archive.reset();
            add('0', "f", "", size, "00000000144", new byte[1]).isMalformed("test.tar", "no octal number");
        }
    }

    /** A mode of more than 32 bits was cut to one that looked right. */
    @Test
    void read_modeThatIsNone_isRefused() throws IOException {
        byte[] header = header("f");
        header[100] = (byte) 0x80;
        Arrays.fill(header, 101, 108, (byte) 0);
        header[103] = 1;
        header[107] = (byte) 0755;
        assertThatThrownBy(() -> read(sealed(header)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("no mode");
    }

    @Test
    void read_unknownTypeOfTheUpperHalf_isToldAsItIs() throws IOException {
        byte[] header = header("f");
        header[156] = (byte) 0xe9;
        assertThatThrownBy(() -> read(sealed(header)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("'\u00e9'");
    }

    /** What is no archive is told to be none, whatever its bytes at the place of the checksum. */
    @Test
    void read_bytesThatAreNoChecksum_areNoArchive() {
        byte[] bytes = new byte[512];
        Arrays.fill(bytes, (byte) 0xff);
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("no tar archive");
        Arrays.fill(bytes, (byte) 'z');
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("no tar archive");
    }

    private static byte[] header(String name) {
        byte[] header = new byte[512];
        TarTests.put(header, 0, name);
        TarTests.put(header, 100, "0000755");
        header[156] = '0';
        TarTests.put(header, 257, "ustar\0" + "00");
        return header;
    }

    private static byte[] sealed(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        TarTests.put(header, 148, String.format(Locale.ROOT, "%06o\0", sum));
        return Arrays.copyOf(header, 3 * 512);
    }

    private static void read(byte[] archive) throws IOException {
        new TarTreeReader(new ByteArrayInputStream(archive), "test.tar").read((entry, content) -> {});
    }

    @Test
    void read_sparseRecordOfVersion00_isRefused() throws IOException {
        addPax("GNU.sparse.offset=1");
        add('0', "f", "", new byte[0]);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("--sparse-version=1.0");
    }

    @Test
    void read_damagedTableOfHoles_isRefused() throws IOException {
        for (String map : new String[] {"5,1,3,1", "0,9", "0,-1", "0,1,2", "x,1", "9,1"}) {
            archive.reset();
            addPax("GNU.sparse.map=" + map);
            addPax("GNU.sparse.size=9");
            add('0', "f", "", new byte[1]);
            assertThatThrownBy(this::read)
                    .as(map)
                    .isInstanceOf(MalformedTreeException.class)
                    .hasMessageContainingAll("/f", "holes");
        }
    }

    @Test
    void read_hugeExtendedHeader_isRefused() throws IOException {
        add('x', "pax", "", new byte[2 << 20]);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("extended header");
    }

    @Test
    void read_negativeSize_isRefusedWhateverItIsTheSizeOf() throws IOException {
        for (char type : "0xgLKVS".toCharArray()) {
            archive.reset();
            add(type, "f", "", "\u00ff".repeat(12), "00000000144", new byte[0]);
            isMalformed("test.tar", "-1 bytes");
        }
    }

    @Test
    void read_sizeThatSumsRunOverWith_isRefused() throws IOException {
        add('V', "label", "", "\u0080\0\0\0" + "\u007f" + "\u00ff".repeat(7), "00000000144", new byte[0]);
        isMalformed("bytes");
    }

    @Test
    void read_negativeSizeInARecord_isRefused() throws IOException {
        addPax("size=-1", "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=9");
        add('0', "f", "", new byte[1]);
        isMalformed("test.tar: /f", "-1 bytes");
    }

    @Test
    void read_timeThatIsNone_isRefused() throws IOException {
        add('0', "f", "", "00000000000", "\u0080\0\0\0" + "\u007f" + "\u00ff".repeat(7), new byte[0]);
        isMalformed("test.tar", "no time");
        archive.reset();
        addPax("mtime=" + Long.MIN_VALUE + ".5");
        add('0', "f", "", new byte[0]);
        isMalformed("mtime", "no time");
    }

    @Test
    void read_tableOfHolesCutInItsPadding_isRefused() throws IOException {
        addPax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=9");
        add('0', "f", "", "00000001000", "00000000144", "0\n".getBytes(StandardCharsets.US_ASCII));
        byte[] cut = Arrays.copyOf(archive.toByteArray(), archive.size() - 500);
        assertThatThrownBy(
                        () -> new TarTreeReader(new ByteArrayInputStream(cut), "test.tar").read((entry, content) -> {}))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll("/f", "holes");
    }

    @Test
    void read_attributeWhoseNameLinuxDoesNotTake_isRefused() throws IOException {
        for (String name : new String[] {"user.a\0b", "user." + "n".repeat(251), ""}) {
            archive.reset();
            addPax("SCHILY.xattr." + name + "=1");
            add('0', "f", "", new byte[0]);
            isMalformed("/f", "extended attribute", "255");
        }
    }
}
