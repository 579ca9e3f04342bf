package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache among several users, processes and file systems. */
class CacheIT {
    @TempDir
    Path directory;

    private static Image image() {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("site").addPackage("nginx").build())
                .build();
    }

    /** Run in a JVM of its own: opens the cache in a directory; told so, begins a bake there that goes on until a file appears. */
    static final class Open {
        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            ScriptedSteps steps = new ScriptedSteps().before(Steps.ROOTFS, context -> {
                System.out.println("running");
                while (!Files.exists(directory.resolve("proceed"))) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                Files.writeString(context.scratch().resolve("still-mine"), "");
            });
            try (Bakery bakery = Bakery.builder()
                    .cacheDirectory(directory.resolve("cache"))
                    .runners(steps.runners())
                    .build()) {
                System.out.println("opened");
                if (arguments[1].equals("bake")) {
                    bakery.bake(image(), RootfsTar.to(directory.resolve("web.tar")));
                    System.out.println("baked");
                }
            } catch (UncheckedIOException e) {
                System.out.println("refused " + e.getMessage());
            }
        }
    }

    private List<String> java(String what) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                // Its file bears the process id, which two namespaces may both have.
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Open.class.getName(),
                directory.toString(),
                what);
    }

    @Test
    void build_cacheOfAnotherUserAsRoot_isRefused() throws IOException {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Files.setAttribute(cache, "unix:uid", 54321);

        assertThatThrownBy(Bakery.builder().cacheDirectory(cache)::build)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(cache.toString(), "54321", "bake as that user", "cacheDirectory");
        assertThat(cache).isEmptyDirectory();
    }

    /** As in two containers that share a cache: neither knows the other's process ids. */
    @Test
    void build_whileABakeOfAnotherProcessNamespaceRuns_leavesItsWork() throws Exception {
        Tool unshare = Tool.of("unshare", "util-linux");
        CountDownLatch running = new CountDownLatch(1);
        List<String> said = new CopyOnWriteArrayList<>();
        try (ToolProcess bake = unshare.run("--pid", "--fork", "--kill-child", "--mount-proc")
                .addAll(java("bake"))
                .onLine(line -> {
                    said.add(line);
                    if (line.equals("running")) {
                        running.countDown();
                    }
                })
                .start()) {
            assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();

            assertThat(unshare.run("--pid", "--fork", "--kill-child", "--mount-proc")
                            .addAll(java("open"))
                            .text())
                    .isEqualTo("opened\n");
            Files.createFile(directory.resolve("proceed"));
            bake.await();
        }
        assertThat(said).endsWith("baked");
    }

    /** What bakes of earlier versions left behind when they were killed. */
    @Test
    void build_fileSystemIsLeftMountedInTheWork_namesItAndDeletesNothing() throws IOException {
        Path left = Files.createDirectories(directory.resolve("cache/work/1-1-rootfs/scratch/mmdebstrap.x/dev/shm"));
        Files.createDirectories(directory.resolve("precious"));
        Files.writeString(directory.resolve("precious/canary"), "alive");

        assertThat(Tool.of("unshare", "util-linux")
                        .run("--mount", "sh", "-euc", "mount --bind \"$0\" \"$1\"; shift; exec \"$@\"")
                        .add(directory.resolve("precious").toString(), left.toString())
                        .addAll(java("open"))
                        .text())
                .startsWith("refused cannot use")
                .contains("umount " + left.toRealPath(), "cacheDirectory");
        assertThat(directory.resolve("precious/canary")).hasContent("alive");
    }

    @Test
    void bake_rawDisk_isItsOwnersAlone() throws IOException {
        Path disk = directory.resolve("d.raw");
        Map<String, StepRunner<?>> runners = new HashMap<>(new ScriptedSteps().runners());
        runners.put(Steps.DISK, new SmallDisk());
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .runners(runners)
                .build()) {
            bakery.bake(image(), Disk.raw(disk));
        }
        assertThat(Files.getPosixFilePermissions(disk)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private static final class SmallDisk implements StepRunner<Work> {
        @Override
        public Class<Work> type() {
            return Work.class;
        }

        @Override
        public void run(Work work, StepContext context) {
            Tool.of("qemu-img", "qemu-utils")
                    .run("create", "-q", "-f", "qcow2")
                    .add(context.output(Steps.DISK_QCOW2).toString(), "1M")
                    .execute();
        }

        @Override
        public String fingerprint() {
            return "small";
        }
    }
}
