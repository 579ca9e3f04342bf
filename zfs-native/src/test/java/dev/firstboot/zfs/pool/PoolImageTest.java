package dev.firstboot.zfs.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.pool.tree.FileType;
import dev.firstboot.zfs.pool.tree.MalformedTreeException;
import dev.firstboot.zfs.pool.tree.TreeEntry;
import dev.firstboot.zfs.pool.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolImageTest {
    @TempDir
    Path directory;

    @Test
    void build_severalProblems_areToldAtOnce() {
        PoolImage.Builder pool =
                PoolImage.builder().pool("mirror-1").dataset("a//b", d -> {}).bootfs("nowhere");
        assertThatThrownBy(pool::build)
                .isInstanceOf(PoolSpecException.class)
                .hasMessageContainingAll("mirror-1", "a//b", "nowhere");
    }

    @Test
    void dataset_sameName_isRefused() {
        PoolImage.Builder pool = PoolImage.builder().dataset("a", d -> {});
        assertThatThrownBy(() -> pool.dataset("a", d -> {})).hasMessageContaining("twice");
    }

    @Test
    void dataset_unsupportedValues_areRefused() {
        PoolImage.Builder pool = PoolImage.builder();
        assertThatThrownBy(() -> pool.dataset("a", d -> d.recordSize(ByteSize.mebibytes(1))))
                .hasMessageContaining("recordsize 1 MiB");
        assertThatThrownBy(() -> pool.dataset("a", d -> d.mountpoint("var"))).hasMessageContaining("'var'");
        assertThatThrownBy(() -> pool.dataset("a", d -> d.userProperty("plain", "x")))
                .hasMessageContaining("colon");
    }

    @Test
    void writeTo_tooSmall_isRefused() {
        PoolImage pool = PoolImage.builder().pool("tank").build();
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("x"), ByteSize.mebibytes(63)))
                .hasMessageContaining("too small");
    }

    @Test
    void writeTo_malformedTree_leavesNothing() {
        MemoryTree tree = new MemoryTree();
        tree.add(TreeEntry.builder(TreePath.of("l"), FileType.HARD_LINK)
                .target("missing".getBytes(StandardCharsets.UTF_8)));
        PoolImage pool =
                PoolImage.builder().pool("tank").dataset("a", d -> d.tree(tree)).build();
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("x"), ByteSize.mebibytes(64)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll("/l", "/missing");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void byteSize_toString_isShort() {
        assertThat(ByteSize.gibibytes(8)).hasToString("8 GiB");
        assertThat(ByteSize.bytes(1000)).hasToString("1000 bytes");
        assertThat(ByteSize.kibibytes(16)).hasToString("16 KiB");
    }
}
