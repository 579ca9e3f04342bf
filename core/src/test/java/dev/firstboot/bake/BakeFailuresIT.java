package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real tools make of bad input and a bad host, and what is left of it: nothing. */
class BakeFailuresIT {
    @TempDir
    Path directory;

    private Bakery.Builder bakery() {
        return Bakery.builder().cacheDirectory(directory.resolve("cache"));
    }

    private RootfsTar target() {
        return RootfsTar.to(directory.resolve("web.tar"));
    }

    private static Image image(String... packages) {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("site").addPackages(packages).build())
                .build();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(directory.resolve("web.tar")).doesNotExist();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
        assertThat(Files.readAllLines(Path.of("/proc/mounts")))
                .noneMatch(mount -> mount.contains(directory.toString()));
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains(directory.toString()));
    }

    @Test
    void bake_unknownPackage_namesItAndTheWorkloadThatAsked() {
        try (Bakery bakery = bakery().build()) {
            assertThatThrownBy(() -> bakery.bake(image("nginx", "no-such-package-at-all"), target()))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll("step resolve", "no-such-package-at-all", "site");
        }
    }

    @Test
    void bake_backportOfNoSourcePackage_namesItAndSaysHow() {
        Image image = image("nginx").toBuilder().backport("no-such-source").build();
        try (Bakery bakery = bakery().build()) {
            assertThatThrownBy(() -> bakery.bake(image, target())).isInstanceOfSatisfying(BakeException.class, e -> {
                assertThat(e).hasMessageContainingAll("trixie-backports", "no-such-source");
                assertThat(e.hint()).contains("apt-cache show");
            });
        }
    }

    @Test
    void bake_mirrorCannotBeReached_saysSo() {
        try (Bakery bakery =
                bakery().mirror(URI.create("http://127.0.0.1:9/debian")).build()) {
            assertThatThrownBy(() -> bakery.bake(image("nginx"), target()))
                    .isInstanceOfSatisfying(BakeException.class, e -> {
                        assertThat(e.hint()).contains("network");
                        assertThat(e.toolOutput()).anyMatch(line -> line.contains("127.0.0.1"));
                    });
        }
    }

    /** A mirror whose InRelease is signed, and correctly, but by a key that is not Debian's. */
    @Test
    void bake_mirrorSignedByAnotherKey_isRefused() throws IOException {
        byte[] release = signedByAStranger("""
                Origin: Debian
                Suite: stable
                Codename: trixie
                Architectures: amd64
                Components: main contrib
                Date: Sat, 12 Sep 2026 07:55:41 UTC
                SHA256:
                """);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean asked = exchange.getRequestURI().getPath().endsWith("/InRelease");
            exchange.sendResponseHeaders(asked ? 200 : 404, asked ? release.length : -1);
            if (asked) {
                exchange.getResponseBody().write(release);
            }
            exchange.close();
        });
        server.start();
        try (Bakery bakery = bakery().mirror(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/debian"))
                .build()) {
            assertThatThrownBy(() -> bakery.bake(image("nginx"), target()))
                    .isInstanceOfSatisfying(BakeException.class, e -> {
                        assertThat(e.hint()).contains("cannot be checked", "debian-archive-keyring");
                        assertThat(e.toolOutput()).anyMatch(line -> line.contains("NO_PUBKEY"));
                    });
        } finally {
            server.stop(0);
        }
    }

    @Test
    void bake_cacheDiskIsFull_saysWhere() throws IOException {
        onSmallDisk(small -> {
            try (Bakery bakery = Bakery.builder().cacheDirectory(small).build()) {
                assertThatThrownBy(() -> bakery.bake(image("nginx"), target()))
                        .isInstanceOfSatisfying(
                                BakeException.class,
                                e -> assertThat(e.hint()).contains("disk is full", small.toString()));
            }
        });
    }

    /** The result fits into the cache, and not beside its target: the disk that is full is the one to be told. */
    @Test
    void bake_targetsDiskIsFull_saysWhereAndHowMuchIsNeeded() throws IOException {
        Map<String, StepRunner<?>> runners = new HashMap<>(new ScriptedSteps().runners());
        runners.put(Steps.ARCHIVE, new StepRunner<Work>() {
            @Override
            public Class<Work> type() {
                return Work.class;
            }

            @Override
            public void run(Work work, StepContext context) throws IOException {
                Files.write(context.output(Steps.ARCHIVE_TAR), new byte[80 << 20]);
            }

            @Override
            public String fingerprint() {
                return "1";
            }
        });
        onSmallDisk(small -> {
            try (Bakery bakery = bakery().runners(runners).build()) {
                assertThatThrownBy(() -> bakery.bake(image("nginx"), RootfsTar.to(small.resolve("web.tar"))))
                        .isInstanceOfSatisfying(
                                BakeException.class,
                                e -> assertThat(e.hint())
                                        .contains(
                                                "disk is full: 64 MiB is free in " + small,
                                                "80 MiB is needed",
                                                "another target")
                                        .doesNotContain("cache"));
                assertThat(small).isEmptyDirectory();
            }
        });
    }

    /** As apt does now and then. */
    @Test
    void bake_cacheDiskIsFullAndAToolWaitsForEver_endsAndSaysWhere() throws IOException {
        ScriptedSteps waiting = new ScriptedSteps().before(Steps.ROOTFS, context -> {
            try (OutputStream out = Files.newOutputStream(context.scratch().resolve("all"))) {
                while (true) {
                    out.write(new byte[1 << 16]);
                }
            } catch (IOException full) {
                TimeUnit.HOURS.sleep(1);
            }
        });
        onSmallDisk(small -> {
            try (Bakery bakery = Bakery.builder()
                    .cacheDirectory(small)
                    .runners(waiting.runners())
                    .build()) {
                assertThatThrownBy(() -> bakery.bake(image("nginx"), target()))
                        .isInstanceOfSatisfying(
                                BakeException.class,
                                e -> assertThat(e.hint()).contains("disk is full", small.toString()));
                assertThat(small.resolve("work")).isEmptyDirectory();
            }
        });
    }

    private void onSmallDisk(Consumer<Path> test) throws IOException {
        Path small = Files.createDirectory(directory.resolve("small"));
        Tool.of("mount", "mount")
                .run("-t", "tmpfs", "-o", "size=64m", "none", small.toString())
                .execute();
        try {
            test.accept(small);
        } finally {
            Tool.of("umount", "mount").run(small.toString()).execute();
        }
    }

    /** Run in a JVM of its own, on a host that seems to lack one tool. */
    static final class LessTools {
        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            try (Bakery bakery =
                    Bakery.builder().cacheDirectory(directory.resolve("cache")).build()) {
                bakery.bake(image("nginx"), RootfsTar.to(directory.resolve("web.tar")));
            } catch (BakeException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void bake_hostLacksATool_namesItsPackage() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String hidden = "mount --bind /dev/null /usr/bin/mmdebstrap && exec \"$@\"";

        assertThat(Tool.of("unshare", "util-linux")
                        .run("--mount", "sh", "-c", hidden, "sh", java, "-cp", System.getProperty("java.class.path"))
                        .add(LessTools.class.getName(), directory.toString())
                        .text())
                .contains("step rootfs", "mmdebstrap is not installed", "apt-get install mmdebstrap");
    }

    @Test
    void cancel_whileMmdebstrapInstalls_leavesNoProcessAndNoMount() throws InterruptedException {
        CountDownLatch installing = new CountDownLatch(1);
        try (Bakery bakery = bakery().listener(event -> {
                    if (event instanceof BakeEvent.ToolOutput output
                            && output.step().equals(Steps.ROOTFS)) {
                        installing.countDown();
                    }
                })
                .build()) {
            Bake<RootfsArchive> bake = bakery.start(image("nginx"), target());
            assertThat(installing.await(5, TimeUnit.MINUTES)).isTrue();
            TimeUnit.SECONDS.sleep(3);
            bake.cancel();

            assertThatThrownBy(bake::await).isInstanceOf(BakeCancelledException.class);
            assertThat(directory.resolve("cache/work")).isEmptyDirectory();
        }
    }

    private byte[] signedByAStranger(String release) throws IOException {
        Path home = Files.createDirectory(directory.resolve("gnupg"));
        Tool gpg = Tool.of("gpg", "gpg");
        Path plain = Files.writeString(directory.resolve("Release"), release, StandardCharsets.UTF_8);
        Path signed = directory.resolve("InRelease");
        gpg.run("--homedir", home.toString(), "--batch", "--passphrase", "", "--quick-gen-key", "stranger@example.com")
                .execute();
        gpg.run("--homedir", home.toString(), "--batch", "--output", signed.toString(), "--clearsign", plain.toString())
                .execute();
        Tool.of("gpgconf", "gpgconf")
                .run("--homedir", home.toString(), "--kill", "all")
                .execute();
        return Files.readAllBytes(signed);
    }
}
