package dev.firstboot.zfs.poolimage.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an archive says without end, twice, or as nobody can, is refused. */
class TarLimitsTest extends TarTests {
    @Test
    void read_headersThatAddUp_areRefused() throws IOException {
        for (String name : new String[] {"a", "b"}) {
            addPax("SCHILY.xattr.user." + name + "=" + "x".repeat(600_000));
        }
        add('0', "f", "", new byte[0]);
        isMalformed("test.tar", "extended headers", "1048576 bytes");
    }

    @Test
    void read_manyRecordsForAll_areRefused() throws IOException {
        StringBuilder records = new StringBuilder();
        for (int i = 10_000; i < 30_000; i++) {
            records.append("25 SCHILY.xattr.u.").append(i).append("=\n");
        }
        add('g', "pax", "", records.toString().getBytes(StandardCharsets.ISO_8859_1));
        isMalformed("test.tar", "extended headers");
    }

    /** A copy for each entry would be of a gigabyte and more. */
    @Test
    void read_recordsForAllThatSayNothing_areNotCopiedForEachEntry() throws IOException {
        add('g', "pax", "", records());
        for (int i = 0; i < 1000; i++) {
            add('0', "f" + i, "", new byte[0]);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(read()).hasSize(1000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L << 20);
    }

    private static byte[] records() {
        StringBuilder records = new StringBuilder();
        for (int i = 10_000; i < 80_000; i++) {
            records.append("11 k").append(i).append("=\n");
        }
        return records.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void read_recordOfAFile_winsOverThatForAll() throws IOException {
        add('g', "pax", "", "13 uid=12345\n12 gid=6789\n".getBytes(StandardCharsets.ISO_8859_1));
        addPax("uid=7", "gid=");
        add('0', "f", "", new byte[0]);
        add('0', "g", "", new byte[0]);
        assertThat(read()).extracting(TreeEntry::owner).containsExactly(7L, 12345L);
    }

    @Test
    void read_secondArchiveBehindTheFirst_isRefused() throws IOException {
        add('0', "first", "", new byte[0]);
        archive.write(new byte[10_240]);
        add('0', "second", "", new byte[0]);
        isMalformed("test.tar", "behind its end", "--concatenate");
    }

    @Test
    void read_anyNumberOfZerosBehindTheEnd_isFine() throws IOException {
        add('0', "f", "", new byte[0]);
        archive.write(new byte[100_001]);
        assertThat(read()).hasSize(1);
    }

    @Test
    void read_timeThatIsNoNumber_isRefused() throws IOException {
        for (String time :
                new String[] {"1.-5", "1.+5", "+1", "1e9", "1.5.5", ".5", "-", " 1", "99999999999999999999"}) {
            archive.reset();
            addPax("mtime=" + time);
            add('0', "f", "", new byte[0]);
            isMalformed("mtime '" + time + "'", "no time");
        }
        archive.reset();
        addPax("mtime=-0.25");
        add('0', "f", "", new byte[0]);
        assertThat(read().get(0).times().modified()).isEqualTo(Instant.ofEpochSecond(-1, 750_000_000));
    }

    @Test
    void read_symbolicLinkThatLinuxCannotHave_isRefused() throws IOException {
        for (String target : new String[] {"t".repeat(4096), "t".repeat(65_536), "a\0b"}) {
            archive.reset();
            addPax("linkpath=" + target);
            add('2', "l", "", new byte[0]);
            isMalformed("/l", "symbolic link");
        }
        archive.reset();
        addPax("linkpath=" + "t".repeat(4095));
        add('2', "l", "", new byte[0]);
        assertThat(read().get(0).target()).hasSize(4095);
    }

    @Test
    void read_pathThatNoProgramCouldOpen_isRefused() throws IOException {
        for (int depth : new int[] {2048, 50_000}) {
            archive.reset();
            addPax("path=" + "d/".repeat(depth) + "f");
            add('0', "f", "", new byte[0]);
            isMalformed("4095");
        }
        archive.reset();
        addPax("path=" + "d/".repeat(2047) + "f");
        add('0', "f", "", new byte[0]);
        assertThat(read().get(0).path().names()).hasSize(2048);
    }

    @Test
    void path_halfACharacter_isRefused() {
        assertThatThrownBy(() -> TreePath.of("a\ud800"))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContaining("half a character");
    }
}
