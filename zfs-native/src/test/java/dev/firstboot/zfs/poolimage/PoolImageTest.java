package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.error.ZfsException;
import dev.firstboot.zfs.poolimage.block.BlockQueue;
import dev.firstboot.zfs.poolimage.block.PoolFile;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import dev.firstboot.zfs.poolimage.tree.FileTimes;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.Tree;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import dev.firstboot.zfs.proof.OneHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolImageTest {
    @TempDir
    Path directory;

    @Test
    void build_severalProblems_areToldAtOnce() {
        PoolImage.Builder pool = PoolImage.builder()
                .addDataset("a/" + "b".repeat(253), d -> {})
                .snapshot("now")
                .bootfs("nowhere");
        assertThatThrownBy(pool::build)
                .isInstanceOf(PoolSpecException.class)
                .hasMessageContainingAll("the pool has no name", "bb@now", "259 bytes", "nowhere");
    }

    @Test
    void dataset_sameName_isRefused() {
        PoolImage.Builder pool = PoolImage.builder().addDataset("a", d -> {});
        assertThatThrownBy(() -> pool.addDataset("a", d -> {})).hasMessageContaining("twice");
    }

    /** A leaf of a directory's table holds some; how many depends on their lengths. */
    @Test
    void writeTo_moreNamesOfOneHashThanFit_saysSoAndLeavesNothing() {
        MemoryTree tree = new MemoryTree();
        for (String name : OneHash.names(300)) {
            tree.addFile(TreeEntry.builder(TreePath.of(name), FileType.REGULAR), new byte[0]);
        }
        PoolImage.Builder pool = PoolImage.builder().pool("tank").addDataset("a", d -> d.tree(tree));
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("tank.img"), ByteSize.mebibytes(64)))
                .isInstanceOf(ZfsException.class)
                .hasMessageContaining("300 names of one directory have the same hash");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void dataset_unsupportedValues_areRefused() {
        PoolImage.Builder pool = PoolImage.builder();
        assertThatThrownBy(() -> pool.addDataset("a", d -> d.recordSize(ByteSize.mebibytes(2))))
                .hasMessageContaining("recordsize 2 MiB");
        assertThatThrownBy(() -> pool.addDataset("a", d -> d.property("compression", "gzip")))
                .hasMessageContainingAll("compression=gzip", "lz4");
        assertThatThrownBy(() -> pool.addDataset("a", d -> d.property("quota", "much")))
                .hasMessageContaining("quota 'much'");
        assertThatThrownBy(() -> pool.addDataset("a", d -> d.property("encryption", "on")))
                .hasMessageContaining("encryption");
        assertThatThrownBy(() -> pool.addDataset("a", d -> d.mountpoint("var"))).hasMessageContaining("'var'");
        assertThatThrownBy(() -> pool.addDataset("a", d -> d.userProperty("plain", "x")))
                .hasMessageContaining("colon");
    }

    @Test
    void build_treeWithoutItsMountpoints_isRefused() {
        PoolImage.Builder pool = PoolImage.builder()
                .pool("tank")
                .tree(new MemoryTree())
                .addDataset("a", a -> a.mountpoint("/a"))
                .addDataset("b", b -> b.mountpoint("/a"));
        assertThatThrownBy(pool::build)
                .isInstanceOf(PoolSpecException.class)
                .hasMessageContainingAll("mountpoint /", "a and b have the same mountpoint");
    }

    @Test
    void writeTo_linkIntoAnotherDataset_isRefused() {
        MemoryTree tree = new MemoryTree();
        tree.addFile(TreeEntry.builder(TreePath.of("file"), FileType.REGULAR), new byte[] {1});
        tree.add(TreeEntry.builder(TreePath.of("srv/link"), FileType.HARD_LINK)
                .target("file".getBytes(StandardCharsets.UTF_8)));
        PoolImage.Builder pool = PoolImage.builder()
                .pool("tank")
                .tree(tree)
                .addDataset("root", root -> root.mountpoint("/"))
                .addDataset("srv", srv -> srv.mountpoint("/srv"));
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("x"), ByteSize.mebibytes(64)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll("/srv/link", "/file", "another dataset");
    }

    @Test
    void writeTo_holesThatAreTold_givesTheBytesOfZerosThatAreFound() throws Exception {
        MemoryTree tree = new MemoryTree();
        Random random = new Random(8);
        for (int i = 0; i < 60; i++) {
            byte[] content = new byte[random.nextInt(i % 3 == 0 ? 9_000_000 : 40_000)];
            for (int parts = random.nextInt(4); parts > 0 && content.length > 0; parts--) {
                int start = random.nextInt(content.length);
                for (int at = start; at < Math.min(content.length, start + random.nextInt(20_000)); at++) {
                    content[at] = (byte) random.nextInt();
                }
            }
            tree.addFile(TreeEntry.builder(TreePath.of("f" + i), FileType.REGULAR), content);
        }
        for (String name : new String[] {"found", "told"}) {
            PoolImage.builder()
                    .pool("tank")
                    .addDataset(
                            "a",
                            a -> a.recordSize(ByteSize.kibibytes(4))
                                    .tree(name.equals("told") ? tree.withHoles() : tree))
                    .writeTo(directory.resolve(name), ByteSize.mebibytes(128));
        }
        assertSame(directory.resolve("told"), directory.resolve("found"));
    }

    @Test
    void writeTo_moreThreads_givesTheSameBytes() throws Exception {
        MemoryTree tree = new MemoryTree();
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            byte[] content = new byte[random.nextInt(200_000)];
            for (int at = 0; at < content.length; at++) {
                content[at] = (byte) random.nextInt(i % 20 + 1);
            }
            tree.addFile(TreeEntry.builder(TreePath.of("d" + i % 9 + "/f" + i), FileType.REGULAR), content);
            tree.add(TreeEntry.builder(TreePath.of("links/" + i), FileType.HARD_LINK)
                    .target(("d" + i % 9 + "/f" + i).getBytes(StandardCharsets.UTF_8)));
        }
        PoolImage pool = PoolImage.builder()
                .pool("tank")
                .addDataset("a", a -> a.tree(tree))
                .build();
        VdevGeometry geometry = new VdevGeometry(128L << 20, 12);
        for (int threads : new int[] {1, 7}) {
            try (BlockQueue queue = new BlockQueue(threads);
                    PoolFile file = PoolFile.create(directory.resolve("of-" + threads), geometry)) {
                new PoolImageWriter(pool, geometry).writeTo(file, queue);
            }
        }
        assertSame(directory.resolve("of-7"), directory.resolve("of-1"));
    }

    @Test
    void writeTo_directoriesThatMemoryHasNoRoomFor_givesTheSameBytes() throws Exception {
        MemoryTree tree = new MemoryTree();
        Random random = new Random(10);
        tree.add(TreeEntry.builder(TreePath.of("d1/e2"), FileType.DIRECTORY)
                .permissions(02751)
                .owner(7, 4_294_967_290L)
                .times(new FileTimes(Instant.ofEpochSecond(1, 2), Instant.ofEpochSecond(-3, 4), Instant.EPOCH))
                .addAttribute("user.name", new byte[] {1, 0, -1}));
        for (int i = 0; i < 600; i++) {
            String path = "d" + random.nextInt(9) + "/e" + random.nextInt(9) + "/" + i;
            tree.addFile(TreeEntry.builder(TreePath.of(path), FileType.REGULAR), new byte[] {(byte) i});
            tree.add(TreeEntry.builder(TreePath.of("links" + i % 3 + "/" + i), FileType.HARD_LINK)
                    .target(path.getBytes(StandardCharsets.UTF_8)));
        }
        PoolImage pool = PoolImage.builder()
                .pool("tank")
                .addDataset("a", a -> a.tree(tree))
                .build();
        VdevGeometry geometry = new VdevGeometry(64L << 20, 12);
        for (long memory : new long[] {0, 20_000, Long.MAX_VALUE}) {
            try (BlockQueue queue = new BlockQueue(2);
                    PoolFile file = PoolFile.create(directory.resolve("in-" + memory), geometry)) {
                new PoolImageWriter(pool, geometry, memory).writeTo(file, queue);
            }
        }
        Path all = directory.resolve("in-" + Long.MAX_VALUE);
        assertSame(directory.resolve("in-0"), all);
        assertSame(directory.resolve("in-20000"), all);
    }

    @Test
    void writeInto_partOfAFile_givesTheSameBytes() throws Exception {
        PoolImage pool = PoolImage.builder()
                .pool("tank")
                .addDataset("a", a -> a.tree(RandomTree.of(1)))
                .build();
        ByteSize size = ByteSize.mebibytes(64);
        pool.writeTo(directory.resolve("alone"), size);
        Path disk = directory.resolve("disk");
        Files.write(disk, new byte[1 << 20]);
        pool.writeInto(disk, 1 << 20, size);
        byte[] bytes = Files.readAllBytes(disk);
        assertThat(Arrays.copyOfRange(bytes, 1 << 20, bytes.length))
                .isEqualTo(Files.readAllBytes(directory.resolve("alone")));
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
        PoolImage pool = PoolImage.builder()
                .pool("tank")
                .addDataset("a", d -> d.tree(tree))
                .build();
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("x"), ByteSize.mebibytes(64)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll("/l", "/missing");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void writeTo_linksInALoop_leavesNothing() {
        refused(sink -> sink.accept(link("a", "a"), InputStream.nullInputStream()), "/a");
        refused(
                sink -> {
                    sink.accept(link("a", "b"), InputStream.nullInputStream());
                    sink.accept(link("b", "a"), InputStream.nullInputStream());
                },
                "/a",
                "/b");
    }

    @Test
    void writeTo_fileBelowASymbolicLink_leavesNothing() {
        refused(
                sink -> {
                    sink.accept(
                            TreeEntry.builder(TreePath.of("etc"), FileType.SYMLINK)
                                    .target("/outside".getBytes(StandardCharsets.UTF_8))
                                    .build(),
                            InputStream.nullInputStream());
                    sink.accept(
                            TreeEntry.builder(TreePath.of("etc/passwd"), FileType.REGULAR)
                                    .build(),
                            InputStream.nullInputStream());
                },
                "/etc",
                "another kind of file");
    }

    @Test
    void writeTo_absurdSize_leavesNothing() {
        for (long size : new long[] {100L << 20, 1L << 50, Long.MAX_VALUE}) {
            refused(
                    sink -> sink.accept(
                            TreeEntry.builder(TreePath.of("f"), FileType.REGULAR)
                                    .size(size)
                                    .build(),
                            new ByteArrayInputStream(new byte[300_000])),
                    "/f",
                    Long.toString(size));
        }
    }

    /** AssertJ takes ten seconds for it, byte by byte. */
    private static void assertSame(Path one, Path other) throws IOException {
        assertThat(Files.mismatch(one, other)).as("the first byte that differs").isEqualTo(-1);
    }

    private static TreeEntry link(String name, String target) {
        return TreeEntry.builder(TreePath.of(name), FileType.HARD_LINK)
                .target(target.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private void refused(Tree tree, String... told) {
        PoolImage.Builder pool = PoolImage.builder().pool("tank").addDataset("a", a -> a.tree(tree));
        assertThatThrownBy(() -> pool.writeTo(directory.resolve("x"), ByteSize.mebibytes(64)))
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll(told);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void byteSize_toString_isShort() {
        assertThat(ByteSize.gibibytes(8)).hasToString("8 GiB");
        assertThat(ByteSize.bytes(1000)).hasToString("1000 bytes");
        assertThat(ByteSize.kibibytes(16)).hasToString("16 KiB");
    }

    /** A file of mode 0644 is there already; the new one must not take its mode, nor that of the umask, which takes no bit of 0600. */
    @Test
    void writeTo_anywhere_isForItsOwnerOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("tank.img"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PoolImage.builder().pool("tank").addDataset("a", d -> {}).writeTo(file, ByteSize.mebibytes(64));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
