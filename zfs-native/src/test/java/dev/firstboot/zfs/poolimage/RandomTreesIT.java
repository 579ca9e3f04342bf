package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What zdb tells of made-up trees, fifty to a pool, is what was written. A name that fails has the seed of its tree in front. */
@Execution(ExecutionMode.CONCURRENT)
class RandomTreesIT {
    private static final int TREES = 50;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"9, 1", "12, 1000", "12, 2000", "16, 3000"})
    void writeTo_randomTrees_areReadAsWritten(int ashift, long firstSeed) {
        Map<Long, MemoryTree> trees = new TreeMap<>();
        PoolImage.Builder pool = PoolImage.builder().pool("tank").ashift(ashift);
        for (long seed = firstSeed; seed < firstSeed + TREES; seed++) {
            MemoryTree tree = RandomTree.of(seed);
            trees.put(seed, tree);
            Random random = new Random(seed);
            pool.addDataset(
                    "seed" + seed,
                    data -> data.tree(random.nextBoolean() ? tree : tree.withHoles())
                            .property("compression", pick(random, "lz4", "off", "zstd", "zstd-1", "zstd-19"))
                            .property("checksum", pick(random, "on", "sha256"))
                            .property("recordsize", pick(random, "4k", "128k", "128k", "1M")));
        }
        Path image = directory.resolve("tank.img");
        pool.writeTo(image, ByteSize.gibibytes(2));
        Zdb zdb = new Zdb(image, "tank");
        zdb.verify();
        Map<String, ZdbDump> dumps = ZdbDump.ofAll(zdb.dumpOfAllWithPaths());
        trees.forEach((seed, tree) -> compare(seed, tree, dumps.get("tank/seed" + seed)));
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static void compare(long seed, MemoryTree tree, ZdbDump dump) {
        Set<TreePath> linked = new HashSet<>();
        for (TreeEntry entry : tree.entries()) {
            if (entry.type() == FileType.HARD_LINK) {
                linked.add(entry.path());
                linked.add(TreePath.of(entry.target()));
            }
        }
        for (TreeEntry entry : tree.entries()) {
            // zdb tells one of a linked file's names, and not which.
            if (!linked.contains(entry.path())) {
                compare(seed + ":" + entry.path(), entry, dump.file(entry.path().toString()));
            }
        }
    }

    private static void compare(String name, TreeEntry entry, Map<String, String> file) {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "mode", Integer.toOctalString(entry.type().modeBits() | entry.permissions()),
                "uid", Long.toString(entry.owner()),
                "gid", Long.toString(entry.group()),
                "mtime", ctime(entry.times().modified())));
        if (entry.type() == FileType.REGULAR) {
            expected.put("size", Long.toString(entry.size()));
            expected.put("links", "1");
        }
        if (entry.type() == FileType.SYMLINK) {
            expected.put("target", new String(entry.target(), StandardCharsets.UTF_8));
        }
        if (entry.type().isDevice()) {
            expected.put("rdev", String.format(Locale.ROOT, "0x%016x", entry.device()));
        }
        entry.attributes()
                .forEach((attribute, value) ->
                        expected.put("xattr " + attribute, new String(value, StandardCharsets.UTF_8)));
        assertThat(file).as(name).containsAllEntriesOf(expected);
    }

    private static String ctime(Instant time) {
        return DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                .format(time.atOffset(ZoneOffset.UTC));
    }
}
