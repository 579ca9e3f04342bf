package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest that can be stored is there to OpenZFS's own reader, and so are access control lists. */
class ExactIT {
    @TempDir
    Path directory;

    @Test
    void writeTo_theLargestThereIs_isReadAsWritten() {
        String value = "x".repeat(65_532 - 48);
        String target = "t".repeat(4095);
        MemoryTree tree = new MemoryTree()
                .add(TreeEntry.builder(TreePath.of("f"), FileType.REGULAR)
                        .addAttribute("user.a", value.getBytes(StandardCharsets.US_ASCII)))
                .add(TreeEntry.builder(TreePath.of("l"), FileType.SYMLINK)
                        .target(target.getBytes(StandardCharsets.US_ASCII))
                        .addAttribute("trusted.a", new byte[] {'v'}));
        ZdbDump dump = dump(tree);
        assertThat(dump.file("/f").get("xattr user.a")).isEqualTo(value);
        assertThat(dump.file("/l")).containsEntry("target", target).containsEntry("xattr trusted.a", "v");
    }

    /** zdb shows bytes that are no signs as octal numbers. */
    @Test
    void writeTo_accessControlList_isStoredAsZfsDoes() {
        byte[] list = {
            2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 2, 0, 7, 0, 5, 0, 0, 0, 4, 0, 0, 0, -1, -1, -1, -1, 16, 0, 5, 0, -1,
            -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1
        };
        MemoryTree tree = new MemoryTree()
                .add(TreeEntry.builder(TreePath.of("d"), FileType.DIRECTORY)
                        .permissions(02770)
                        .addAttribute("system.posix_acl_access", list)
                        .addAttribute("system.posix_acl_default", list));
        String told = "\\002\\000\\000\\000" + "\\001\\000\\006\\000\\377\\377\\377\\377"
                + "\\002\\000\\007\\000\\005\\000\\000\\000" + "\\004\\000\\000\\000\\377\\377\\377\\377"
                + "\\020\\000\\005\\000\\377\\377\\377\\377" + " \\000\\000\\000\\377\\377\\377\\377";
        assertThat(dump(tree).file("/d"))
                .containsEntry("mode", "42650")
                .containsEntry("xattr system.posix_acl_access", told)
                .containsEntry("xattr system.posix_acl_default", told);
    }

    private ZdbDump dump(MemoryTree tree) {
        Path image = directory.resolve("tank.img");
        PoolImage.builder()
                .pool("tank")
                .addDataset("a", a -> a.tree(tree).property("acltype", "posix"))
                .writeTo(image, ByteSize.mebibytes(64));
        Zdb zdb = new Zdb(image, "tank");
        zdb.verify();
        return zdb.dumpWithPaths("tank/a");
    }
}
