package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.RealSteps;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.WriteDisk;
import dev.firstboot.zfs.poolimage.ByteSize;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.poolimage.tree.DirectoryTree;
import dev.firstboot.zfs.poolimage.tree.TarTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A written pool is one to OpenZFS in its own kernel: 2.1 of Debian 12 and 2.3 of Debian 13. */
class PoolImageGuestIT {
    private static final ByteSize SIZE = ByteSize.mebibytes(256);

    private static final String HOST = "host";

    @TempDir
    private Path directory;

    @Test
    void pool_inOpenZfs21_isWhatWasWrittenAndLivesOn() {
        prove(Release.DEBIAN_12, context -> live(context, "2.1."));
    }

    @Test
    void pool_inOpenZfs23_isWhatWasWrittenAndLivesOn() {
        prove(Release.DEBIAN_13, context -> live(context, "2.3."));
    }

    /** In one guest until its plug is pulled, and in another one after that. */
    private static void live(StepContext context, String version) throws IOException {
        List<String> said = compare(context);
        assertThat(said)
                .anyMatch(line -> line.startsWith("zfs " + version))
                .contains("scrubbed as written", "filled", "received", "grown", "scrubbed after a life", "synced 40");

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
    }

    /** The old way to fill a disk: OpenZFS and GNU tar in a guest. {@code ./dev bench pool} compares a whole system so, which takes minutes. */
    @Test
    void fill_asTheBuilderGuest_givesTheSameFilesystem() {
        prove(Release.DEBIAN_13, context -> {
            Path source = context.scratch().resolve("source.tar");
            ProofTree.write(source);
            FilledTwice filled = FilledTwice.with(
                    context,
                    new WriteDisk(
                            "site",
                            Release.DEBIAN_13,
                            dev.firstboot.image.ByteSize.gibibytes(2),
                            dev.firstboot.image.ByteSize.bytes(512),
                            List.of()),
                    source);
            assertThat(filled.differences()).isEmpty();
            assertThat((double) filled.byWriter().used() / filled.byGuest().used())
                    .as("bytes used, of those that OpenZFS uses")
                    .isLessThan(1.02);
        });
    }

    private static List<String> compare(StepContext context) throws IOException {
        Path source = context.scratch().resolve("source.tar");
        Path pool = context.scratch().resolve("pool.img");
        Path out = context.scratch().resolve("out.tar");
        ProofTree.write(source);
        HostDirectory host = HostDirectory.make(context.scratch().resolve(HOST));
        try (InputStream in = Files.newInputStream(source)) {
            PoolImage.builder()
                    .pool("tank")
                    .tree(TarTree.reading(in, "source.tar"))
                    .root(root -> root.property("xattr", "sa").property("acltype", "posixacl"))
                    .addDataset("os", os -> os.mountpoint("/").property("dnodesize", "auto"))
                    .addDataset(
                            "os/db",
                            db -> db.mountpoint("/var/lib/db")
                                    .property("recordsize", "1M")
                                    .property("compression", "zstd-19"))
                    .addDataset(
                            "os/sizes",
                            sizes -> sizes.mountpoint("/sizes")
                                    .property("compression", "zstd")
                                    .property("checksum", "sha256"))
                    .addDataset(
                            "log",
                            log -> log.mountpoint("/var/log")
                                    .property("compression", "off")
                                    .property("recordsize", "4k"))
                    .addDataset(
                            HOST,
                            data -> data.mountpoint("/" + HOST)
                                    .tree(DirectoryTree.of(context.scratch().resolve(HOST))))
                    .snapshot("install")
                    .writeTo(pool, SIZE);
        }
        FilledTwice.extend(pool, 2 * SIZE.bytes());
        FilledTwice.extend(out, 1L << 30);
        List<String> said = new ProofGuest(context).run("live", pool, out, "synced 40");
        Map<Boolean, List<String>> found = FilledTwice.lines(out).stream()
                .collect(Collectors.partitioningBy(line -> line.matches(HOST + "[:/].*")));
        Map<Boolean, List<String>> expected = FilledTwice.lines(source).stream()
                .collect(Collectors.partitioningBy(line -> line.startsWith(HOST + ":")));
        assertThat(FilledTwice.differences(expected.get(false), found.get(false)))
                .isEmpty();
        assertThat(FilledTwice.differences(host.lines(context.scratch()), HostDirectory.withoutAccess(found.get(true))))
                .isEmpty();
        assertThat(said).contains("socket srwxr-x--x 1");
        // Every dnode would be about a megabyte.
        assertThat(said.stream()
                        .filter(line -> line.startsWith("written tank/os\t"))
                        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('\t') + 1))))
                .as("bytes written by the first mount")
                .singleElement()
                .satisfies(written -> assertThat(written).isLessThan(256 << 10));
        return said;
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
