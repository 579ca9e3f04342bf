package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstboot.zfs.error.PoolFullException;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.Tree;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is a pool to OpenZFS's own reader. Most of a test's time zdb sleeps, so they run at the same time. */
@Execution(ExecutionMode.CONCURRENT)
class PoolImageIT {
    private static final ByteSize SMALL = ByteSize.mebibytes(64);

    @TempDir
    Path directory;

    private Zdb write(PoolImage.Builder pool, ByteSize size) {
        Path image = directory.resolve("tank.img");
        pool.pool("tank").writeTo(image, size);
        Zdb zdb = new Zdb(image, "tank");
        zdb.verify();
        return zdb;
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 13})
    void writeTo_emptyPool_isSound(int ashift) {
        Zdb zdb = write(PoolImage.builder().ashift(ashift), SMALL);
        assertThat(zdb.datasets()).contains("Dataset tank [ZPL]");
        assertThat(zdb.labels()).contains("name: 'tank'", "state: 1", "labels = 0 1 2 3");
    }

    @ParameterizedTest
    @ValueSource(longs = {64L << 20, (64L << 20) + 12345, 1L << 30, 20L << 30, 300L << 30, 5L << 40})
    void writeTo_anySize_isSound(long bytes) {
        write(PoolImage.builder().addDataset("a", a -> a.tree(RandomTree.of(bytes))), ByteSize.bytes(bytes));
    }

    @Test
    void writeTo_severalDatasets_keepsTheirProperties() {
        Zdb zdb = write(
                PoolImage.builder()
                        .addDataset("ROOT/a", a -> a.mountpoint("/").canmount(CanMount.NOAUTO))
                        .addDataset(
                                "ROOT/a/db",
                                db -> db.mountpoint("/db")
                                        .recordSize(ByteSize.kibibytes(16))
                                        .compression(Compression.OFF)
                                        .userProperty("dev.firstboot:role", "database"))
                        .addDataset(
                                "home",
                                home -> home.mountpoint("/home")
                                        .property("atime", "off")
                                        .property("quota", "3G"))
                        .bootfs("ROOT/a"),
                SMALL);
        assertThat(zdb.datasets())
                .contains("Dataset tank/ROOT [ZPL]", "Dataset tank/ROOT/a [ZPL]", "Dataset tank/ROOT/a/db [ZPL]");
        assertThat(zdb.dump("tank"))
                .contains("mountpoint = /db", "canmount = 2", "recordsize = 16384", "compression = 2")
                .contains("dev.firstboot:role = database", "atime = 0", "bootfs = ")
                .contains("com.delphix:spacemap_v2 = 1", "quota = 3221225472", "quota = 3G");
    }

    @Test
    void writeTo_snapshot_isOfEveryDataset() {
        Zdb zdb = write(
                PoolImage.builder()
                        .addDataset("a", a -> a.tree(RandomTree.of(1)))
                        .addDataset("a/b", b -> b.tree(RandomTree.of(2)))
                        .snapshot("install"),
                SMALL);
        assertThat(zdb.datasets())
                .contains("Dataset tank@install ", "Dataset tank/a@install ", "Dataset tank/a/b@install ");
        // The next snapshot adds the transaction group of this one; finding it there, the kernel would panic.
        assertThat(zdb.dump("tank/a")).containsPattern("mintxg 0 -> .*\\nmintxg 1 -> .*\\n\\n");
    }

    @Test
    void writeTo_oneTree_isDividedByMountpoints() {
        MemoryTree tree = new MemoryTree();
        tree.add(
                TreeEntry.builder(TreePath.of("var/lib/db"), FileType.DIRECTORY).owner(5, 6));
        tree.addFile(TreeEntry.builder(TreePath.of("etc/passwd"), FileType.REGULAR), new byte[] {1});
        tree.addFile(TreeEntry.builder(TreePath.of("var/lib/db/wal/1"), FileType.REGULAR), new byte[] {2});
        tree.add(TreeEntry.builder(TreePath.of("var/lib/db/first"), FileType.HARD_LINK)
                .target("var/lib/db/data".getBytes(StandardCharsets.UTF_8)));
        tree.entries()
                .add(
                        tree.entries().size() - 1,
                        TreeEntry.builder(TreePath.of("var/lib/db/data"), FileType.REGULAR)
                                .build());
        Zdb zdb = write(
                PoolImage.builder()
                        .autotrim(true)
                        .root(root -> root.property("dnodesize", "auto").property("acltype", "posixacl"))
                        .tree(tree)
                        .addDataset("os", os -> os.mountpoint("/"))
                        .addDataset("os/db", db -> db.mountpoint("/var/lib/db"))
                        .addDataset("keep/wal", wal -> wal.mountpoint("/var/lib/db/wal")),
                SMALL);
        assertThat(zdb.dumpWithPaths("tank/os").paths())
                .containsExactlyInAnyOrder("/", "/etc", "/etc/passwd", "/var", "/var/lib", "/var/lib/db");
        ZdbDump db = zdb.dumpWithPaths("tank/os/db");
        assertThat(db.paths()).contains("/", "/wal").hasSize(3);
        assertThat(db.file("/")).containsEntry("uid", "5").containsEntry("gid", "6");
        assertThat(zdb.dumpWithPaths("tank/keep/wal").paths()).containsExactlyInAnyOrder("/", "/1");
        assertThat(zdb.dump("tank")).contains("autotrim = 1", "dnodesize = 1", "acltype = 1");
    }

    @Test
    void writeTo_largeRecords_areAFeatureOfTheirDatasetAndItsSnapshot() throws Exception {
        MemoryTree tree = new MemoryTree();
        Random random = new Random(6);
        for (int size : new int[] {128 << 10, (128 << 10) + 1, 700_000, 1 << 20, (1 << 20) + 4000, 5 << 20}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            tree.addFile(TreeEntry.builder(TreePath.of("f" + size), FileType.REGULAR), content);
        }
        Zdb zdb = write(
                PoolImage.builder()
                        .addDataset("large", data -> data.tree(tree).property("recordsize", "1M"))
                        .addDataset("small", data -> data.tree(RandomTree.of(1)))
                        .snapshot("now"),
                SMALL);
        assertThat(zdb.datasets()).contains("Verified large_blocks feature refcount of 2 is correct");
        ZdbDump dump = zdb.dumpWithPaths("tank/large");
        for (Map.Entry<String, byte[]> file : tree.contents().entrySet()) {
            byte[] content = file.getValue();
            assertThat(FileBlocks.read(
                            directory.resolve("tank.img"), dump.text(file.getKey()), content.length, Compression.LZ4))
                    .as(file.getKey())
                    .isEqualTo(content);
        }
    }

    @Test
    void writeTo_zstd_isAFeatureOfTheDatasetsThatHaveSuchBlocks() {
        Zdb zdb = write(
                PoolImage.builder()
                        .compression(Compression.ZSTD)
                        .addDataset("full", data -> data.tree(RandomTree.of(1)))
                        .addDataset("empty", data -> {})
                        .addDataset("other", data -> data.tree(RandomTree.of(1)).compression(Compression.LZ4))
                        .snapshot("now"),
                SMALL);
        assertThat(zdb.datasets()).contains("Verified zstd_compress feature refcount of 2 is correct");
        assertThat(zdb.dump("tank")).contains("compression = 400", "org.freebsd:zstd_compress = 2");
    }

    @Test
    void writeTo_sha256_sumsUpEveryBlockOfTheDataset() {
        Zdb zdb = write(
                PoolImage.builder()
                        .addDataset("a", data -> data.tree(RandomTree.of(1)).property("checksum", "sha256"))
                        .addDataset("a/b", data -> data.tree(RandomTree.of(2))),
                SMALL);
        assertThat(zdb.dump("tank/a/b")).contains("[L0 DMU objset] sha256");
        assertThat(zdb.dump("tank/a")).doesNotContain("fletcher4");
    }

    @Test
    void writeTo_filesOfSeveralOwners_areInTheAccounts() {
        MemoryTree tree = new MemoryTree();
        byte[] content = new byte[20_000];
        new Random(9).nextBytes(content);
        tree.addFile(TreeEntry.builder(TreePath.of("a"), FileType.REGULAR).owner(1000, 50), content);
        tree.addFile(TreeEntry.builder(TreePath.of("b"), FileType.REGULAR).owner(1000, 51), content);
        tree.add(TreeEntry.builder(TreePath.of("c"), FileType.HARD_LINK).target("b".getBytes(StandardCharsets.UTF_8)));
        tree.add(TreeEntry.builder(TreePath.of("d"), FileType.FIFO).owner(4_294_967_294L, 50));
        Zdb zdb = write(
                PoolImage.builder().addDataset("a", data -> data.tree(tree)).addDataset("empty", data -> {}), SMALL);
        assertThat(zdb.dump("tank/a"))
                .contains("\t\t3e8 = 41984 ", "\t\tobj-3e8 = 2 ")
                .contains("\t\t33 = 20992 ", "\t\tobj-33 = 1 ")
                .contains("\t\tfffffffe = 512 ", "\t\tobj-32 = 2 ", "\t\tobj-0 = 4 ")
                .contains("USERUSED_ACCOUNTED USEROBJUSED_ACCOUNTED");
        assertThat(zdb.datasets())
                .contains("Verified userobj_accounting feature refcount of 3 is correct")
                .contains("Verified project_quota feature refcount of 3 is correct");
    }

    @Test
    void writeTo_sameInput_givesSameBytes() throws Exception {
        byte[][] images = new byte[2][];
        for (int i = 0; i < 2; i++) {
            Path image = directory.resolve(i + ".img");
            PoolImage.builder()
                    .pool("tank")
                    .addDataset("a", a -> a.tree(RandomTree.of(3)))
                    .snapshot("s")
                    .writeTo(image, SMALL);
            images[i] = Files.readAllBytes(image);
        }
        assertThat(images[0]).isEqualTo(images[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LZ4", "OFF", "ZSTD"})
    void writeTo_filesOfEverySize_areReadAsWritten(Compression compression) throws Exception {
        MemoryTree tree = new MemoryTree();
        Random random = new Random(4);
        int record = 4096;
        int[] blocks = {1, 2, 3, 1023, 1024, 1025, 2049};
        // Less would be compressed into a block pointer, where zdb does not show it.
        int beyond = compression == Compression.OFF ? 1 : 300;
        for (int block : blocks) {
            for (int around : new int[] {-1, 0, beyond}) {
                byte[] content = new byte[block * record + around];
                for (int i = 0; i < content.length; i++) {
                    content[i] = (byte) random.nextInt(16);
                }
                tree.addFile(TreeEntry.builder(TreePath.of("f" + content.length), FileType.REGULAR), content);
            }
        }
        Zdb zdb = write(
                PoolImage.builder()
                        .ashift(9)
                        .addDataset(
                                "data",
                                data -> data.tree(tree).compression(compression).recordSize(ByteSize.bytes(record))),
                ByteSize.mebibytes(256));
        ZdbDump dump = zdb.dumpWithPaths("tank/data");
        for (Map.Entry<String, byte[]> file : tree.contents().entrySet()) {
            byte[] content = file.getValue();
            assertThat(FileBlocks.read(
                            directory.resolve("tank.img"), dump.text(file.getKey()), content.length, compression))
                    .as(file.getKey())
                    .isEqualTo(content);
        }
    }

    @Test
    void writeTo_hundredThousandNames_areInAFatDirectory() {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < 100_000; i++) {
            tree.add(TreeEntry.builder(TreePath.of("d/name-" + i), FileType.REGULAR));
        }
        tree.add(TreeEntry.builder(TreePath.of("again"), FileType.HARD_LINK)
                .target("d/name-7".getBytes(StandardCharsets.UTF_8)));
        Zdb zdb = write(PoolImage.builder().addDataset("data", data -> data.tree(tree)), ByteSize.gibibytes(1));
        assertThat(zdb.dump("tank/data")).contains("ZAP entries: 100000", "\tlinks\t2");
    }

    @Test
    void writeTo_manyLinksAndADeepPath_areSound() {
        MemoryTree tree = new MemoryTree();
        tree.addFile(TreeEntry.builder(TreePath.of("file"), FileType.REGULAR), new byte[] {1});
        for (int i = 1; i < 65_000; i++) {
            tree.add(TreeEntry.builder(TreePath.of("links/" + i), FileType.HARD_LINK)
                    .target("file".getBytes(StandardCharsets.UTF_8)));
        }
        tree.add(TreeEntry.builder(TreePath.of("d/".repeat(2000) + "end"), FileType.FIFO));
        Zdb zdb = write(PoolImage.builder().addDataset("data", data -> data.tree(tree)), ByteSize.mebibytes(512));
        assertThat(zdb.dump("tank/data")).contains("\tlinks\t65000");
    }

    @Test
    void writeTo_aHundredGigabytesOfHoles_takeNoSpace() {
        long size = 100_000_000_000L;
        Tree tree = sink -> sink.accept(
                TreeEntry.builder(TreePath.of("huge"), FileType.REGULAR)
                        .size(size)
                        .build(),
                new HugeHole(size));
        Zdb zdb = write(PoolImage.builder().addDataset("data", data -> data.tree(tree)), SMALL);
        assertThat(zdb.dumpWithPaths("tank/data").text("/huge"))
                .contains("size\t100000000000")
                .containsPattern("ba43a0000 +L0 0:[0-9a-f]+:1000 20000L");
    }

    @Test
    void writeTo_tooSmall_leavesNothingAndSaysHowLargeIsEnough() {
        MemoryTree tree = new MemoryTree();
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[4 << 20];
            random.nextBytes(content);
            tree.addFile(TreeEntry.builder(TreePath.of("big" + i), FileType.REGULAR), content);
        }
        PoolImage.Builder pool =
                PoolImage.builder().addDataset("data", data -> data.tree(tree)).snapshot("full");
        PoolFullException full = catchThrowableOfType(PoolFullException.class, () -> write(pool, SMALL));
        assertThat(full).hasMessageContaining("does not fit");
        assertThat(full.needed()).isBetween(160L << 20, 165L << 20);
        assertThat(directory).isEmptyDirectory();
        write(pool, ByteSize.bytes(full.imageSize()));
    }
}
