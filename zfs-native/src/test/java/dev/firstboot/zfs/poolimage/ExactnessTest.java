package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be stored exactly is refused. */
class ExactnessTest {
    @TempDir
    Path directory;

    /** Packed, it takes so many bytes. */
    private static MemoryTree withAttribute(FileType type, int size) {
        return new MemoryTree()
                .add(TreeEntry.builder(TreePath.of("f"), type).addAttribute("user.a", new byte[size - 48]));
    }

    @Test
    void writeTo_attributesOfOneByteMoreThanTheirLengthCanTell_areRefused() {
        for (FileType type : new FileType[] {FileType.REGULAR, FileType.DIRECTORY}) {
            PoolImage.Builder tooMuch =
                    PoolImage.builder().pool("tank").addDataset("a", a -> a.tree(withAttribute(type, 65_536)));
            assertThatThrownBy(() -> tooMuch.writeTo(directory.resolve("x"), ByteSize.mebibytes(64)))
                    .isInstanceOf(MalformedTreeException.class)
                    .hasMessageContainingAll("/f", "65536 bytes", "65535");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void writeTo_listInADatasetThatTakesNone_isRefused() {
        byte[] list = {
            2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 4, 0, 4, 0, -1, -1, -1, -1, 16, 0, 6, 0, -1, -1, -1, -1, 32, 0, 0,
            0, -1, -1, -1, -1
        };
        MemoryTree tree = new MemoryTree()
                .add(TreeEntry.builder(TreePath.of("f"), FileType.REGULAR)
                        .addAttribute("system.posix_acl_access", list));
        PoolImage.Builder pool = PoolImage.builder().pool("tank").addDataset("a", a -> a.tree(tree));
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("x"), ByteSize.mebibytes(64)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll("/f", "access control list", "acltype=posix");
    }

    @Test
    void mountpoint_inAnotherSpelling_isRefusedWithThePlainOne() {
        for (String path : new String[] {"/a/", "//a", "/./a", "/a/."}) {
            assertThatThrownBy(() -> PoolImage.builder().addDataset("a", a -> a.mountpoint(path)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(path, "write '/a'");
        }
        assertThatThrownBy(() -> PoolImage.builder().addDataset("a", a -> a.property("mountpoint", "//")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write '/'");
    }

    @Test
    void mountpoint_thatCannotBeKept_isRefused() {
        for (String path : new String[] {"/a\0b", "/" + "a/".repeat(2048) + "a", "/" + "n".repeat(256), "/a/../b"}) {
            assertThatThrownBy(() -> PoolImage.builder().addDataset("a", a -> a.mountpoint(path)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mountpoint cannot be kept");
        }
    }

    @Test
    void userProperty_thatCannotBeKept_isRefused() {
        for (String value : new String[] {"a\0b", "\ud800", "x".repeat(8192)}) {
            assertThatThrownBy(() -> PoolImage.builder().addDataset("a", a -> a.userProperty("org.example:a", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("org.example:a", "8191");
        }
        assertThatThrownBy(() -> PoolImage.builder().addDataset("a", a -> a.userProperty(":" + "n".repeat(255), "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255");
    }
}
