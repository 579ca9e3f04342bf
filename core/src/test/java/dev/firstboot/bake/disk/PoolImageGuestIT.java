package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.RealSteps;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import dev.firstboot.zfs.pool.ByteSize;
import dev.firstboot.zfs.pool.PoolImage;
import dev.firstboot.zfs.pool.tree.TarTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A written pool is one to OpenZFS in its own kernel: 2.1 of Debian 12 and 2.3 of Debian 13. */
class PoolImageGuestIT {
    private static final ByteSize SIZE = ByteSize.mebibytes(256);

    @TempDir
    private Path directory;

    @Test
    void pool_inOpenZfs21_isWhatWasWritten() {
        prove(Release.DEBIAN_12, context -> {
            List<String> said = compare(context, "compare");
            assertThat(said).anyMatch(line -> line.startsWith("zfs 2.1.")).contains("scrubbed as written", "done");
        });
    }

    @Test
    void pool_inOpenZfs23_isWhatWasWrittenAndLivesOn() {
        prove(Release.DEBIAN_13, context -> {
            List<String> said = compare(context, "live");
            assertThat(said)
                    .anyMatch(line -> line.startsWith("zfs 2.3."))
                    .contains(
                            "scrubbed as written", "filled", "received", "grown", "scrubbed after a life", "synced 40");

            List<String> again = new ProofGuest(context)
                    .run(
                            "again",
                            context.scratch().resolve("pool.img"),
                            context.scratch().resolve("out.tar"),
                            "");
            assertThat(again).contains("scrubbed after the plug was pulled", "done");
            assertThat(again.stream()
                            .filter(line -> line.startsWith("kept "))
                            .mapToInt(line -> Integer.parseInt(line.substring(5))))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).isGreaterThanOrEqualTo(40));
        });
    }

    /** The old way to fill a disk: OpenZFS and GNU tar in a guest. */
    @Test
    void fill_asTheBuilderGuest_givesTheSameFilesystem() {
        prove(Release.DEBIAN_13, context -> {
            Path source = context.scratch().resolve("source.tar");
            ProofTree.write(source);
            PoolLayout layout = PoolLayout.of(context.image());
            dev.firstboot.image.ByteSize size = dev.firstboot.image.ByteSize.gibibytes(2);
            Path byGuest = context.scratch().resolve("guest.raw");
            Partitions.create(byGuest, size, "site");
            new BuilderGuest(context).fill(byGuest, layout, source);
            Path written = context.scratch().resolve("written.raw");
            Partitions.create(written, size, "site");
            new PoolFiller(context).fill(written, layout, source);
            Filled expected = tree(context, byGuest);
            Filled found = tree(context, written);
            assertThat(differences(expected.files(), found.files())).isEmpty();
            assertThat((double) found.bytes() / expected.bytes())
                    .as("bytes used, of those that OpenZFS uses")
                    .isLessThan(1.02);
        });
    }

    /** What a guest finds in a pool, and how many bytes it takes. */
    private record Filled(List<String> files, long bytes) {}

    /** Without times that depend on when a guest ran: of access and change, and of directories. */
    private static Filled tree(StepContext context, Path disk) throws IOException {
        Path out = context.scratch().resolve("out.tar");
        Files.deleteIfExists(out);
        extend(out, 1L << 30);
        long used = new ProofGuest(context)
                .run("tree", disk, out, "").stream()
                        .filter(line -> line.startsWith("used "))
                        .mapToLong(line -> Long.parseLong(line.substring(5)))
                        .sum();
        List<String> files = lines(out).stream()
                .map(line -> line.replaceAll(" (accessed|changed) \\S+", ""))
                .map(line -> line.contains(": 5 ") ? line.replaceAll(" modified \\S+", "") : line)
                .toList();
        return new Filled(files, used);
    }

    private static List<String> compare(StepContext context, String proof) throws IOException {
        Path source = context.scratch().resolve("source.tar");
        Path pool = context.scratch().resolve("pool.img");
        Path out = context.scratch().resolve("out.tar");
        ProofTree.write(source);
        try (InputStream in = Files.newInputStream(source)) {
            PoolImage.builder()
                    .pool("tank")
                    .tree(TarTree.reading(in, "source.tar"))
                    .root(root -> root.property("xattr", "sa").property("acltype", "posixacl"))
                    .dataset("os", os -> os.mountpoint("/").property("dnodesize", "auto"))
                    .dataset(
                            "os/db",
                            db -> db.mountpoint("/var/lib/db")
                                    .property("recordsize", "1M")
                                    .property("compression", "zstd-19"))
                    .dataset(
                            "os/sizes",
                            sizes -> sizes.mountpoint("/sizes")
                                    .property("compression", "zstd")
                                    .property("checksum", "sha256"))
                    .dataset(
                            "log",
                            log -> log.mountpoint("/var/log")
                                    .property("compression", "off")
                                    .property("recordsize", "4k"))
                    .snapshot("install")
                    .writeTo(pool, SIZE);
        }
        extend(pool, 2 * SIZE.bytes());
        extend(out, 1L << 30);
        List<String> said = new ProofGuest(context).run(proof, pool, out, "synced 40");
        assertThat(differences(lines(source), lines(out))).isEmpty();
        // Every dnode would be about a megabyte.
        assertThat(said.stream()
                        .filter(line -> line.startsWith("written tank/os\t"))
                        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('\t') + 1))))
                .as("bytes written by the first mount")
                .singleElement()
                .satisfies(written -> assertThat(written).isLessThan(256 << 10));
        return said;
    }

    /** Lines that only one side has. */
    private static List<String> differences(List<String> expected, List<String> found) {
        Set<String> one = new HashSet<>(expected);
        Set<String> other = new HashSet<>(found);
        return Stream.concat(
                        expected.stream().filter(line -> !other.contains(line)).map(line -> "missing " + line),
                        found.stream().filter(line -> !one.contains(line)).map(line -> "unexpected " + line))
                .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
                .toList();
    }

    private static List<String> lines(Path tar) throws IOException {
        return TarListing.of(tar).entrySet().stream()
                .map(file -> file.getKey() + ": " + file.getValue())
                .toList();
    }

    private static void extend(Path file, long size) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    private void prove(Release release, RealSteps.Look look) {
        Image image = Image.builder()
                .name("site")
                .release(release)
                .recipe(Recipe.builder("site").addPackage("nginx-light").build())
                .build();
        RealSteps.lookBefore(Steps.DISK, image, Disk.qcow2(directory.resolve("site.qcow2")), look);
    }
}
