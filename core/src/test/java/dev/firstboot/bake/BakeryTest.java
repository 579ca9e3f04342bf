package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Digest;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Steps;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BakeryTest {
    @TempDir
    Path directory;

    private final ScriptedSteps steps = new ScriptedSteps();

    private Bakery bakery(BakeListener... listeners) {
        Bakery.Builder builder =
                Bakery.builder().cacheDirectory(directory.resolve("cache")).runners(steps.runners());
        for (BakeListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    private static Image image(String motd) {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("site")
                        .addPackage("nginx")
                        .addFile(FileEntry.text("/etc/motd", motd))
                        .build())
                .build();
    }

    private RootfsTar target(String name) {
        return RootfsTar.to(directory.resolve(name));
    }

    private List<String> filesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path cached(String step, String output) throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("cache/steps").resolve(step))) {
            return entries.findFirst().orElseThrow().resolve(output);
        }
    }

    @Test
    void bake_always_deliversFileAndManifestAndNothingElse() throws IOException {
        try (Bakery bakery = bakery()) {
            RootfsArchive archive = bakery.bake(image("a"), target("web.tar"));

            assertThat(archive.path()).content().contains("archive [", "configure [", "rootfs [");
            assertThat(archive.manifest()).isEqualTo(Manifest.readFor(archive.path()));
            assertThat(archive.manifest().packages()).containsEntry("nginx", "1.26.3-3");
        }
        assertThat(filesIn(directory)).containsExactly("cache", "web.tar", "web.tar.manifest.json");
        assertThat(directory.resolve("cache/work")).isEmptyDirectory();
    }

    @Test
    void bake_sameImageAgain_runsNothing() {
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("one.tar"));
            steps.ran.clear();

            bakery.bake(image("a"), target("two.tar"));

            assertThat(steps.ran).isEmpty();
            assertThat(directory.resolve("two.tar")).hasSameBinaryContentAs(directory.resolve("one.tar"));
        }
    }

    @Test
    void bake_anotherFile_runsOnlyWhatDependsOnIt() {
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("one.tar"));
            steps.ran.clear();

            bakery.bake(image("b"), target("two.tar"));

            assertThat(steps.ran).containsExactly(Steps.CONFIGURE, Steps.ARCHIVE);
        }
    }

    @Test
    void bake_refreshedVersionsAreTheSame_nothingBelowRunsAgain() {
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("one.tar"));
        }
        steps.ran.clear();
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .runners(steps.runners())
                .refreshPackages()
                .build()) {
            bakery.bake(image("a"), target("two.tar"));

            assertThat(steps.ran).containsExactly(Steps.RESOLVE);
        }
    }

    @Test
    void bake_targetExists_isRefusedAndLeftAsItWas() throws IOException {
        Path target = Files.writeString(directory.resolve("web.tar"), "precious");
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), RootfsTar.to(target)))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContaining(target + " exists already")
                    .hasMessageContaining("replaceExisting()");

            assertThat(target).hasContent("precious");
            assertThat(steps.ran).isEmpty();
            assertThat(bakery.bake(image("a"), RootfsTar.to(target).replaceExisting())
                            .path())
                    .content()
                    .contains("archive");
        }
    }

    /** That replaceExisting() does not help is told at once, and nothing is put beside it. */
    @Test
    void bake_targetIsADirectory_isToldBeforeAnyWork() throws IOException {
        Path target = Files.createDirectory(directory.resolve("web.tar"));
        try (Bakery bakery = bakery()) {
            for (RootfsTar each :
                    List.of(RootfsTar.to(target), RootfsTar.to(target).replaceExisting(), RootfsTar.to("/"))) {
                assertThatThrownBy(() -> bakery.bake(image("a"), each))
                        .isInstanceOf(BakeException.class)
                        .hasMessageContainingAll("is a directory", "name a file as the target")
                        .hasMessageNotContaining("replaceExisting");
            }
            assertThat(steps.ran).isEmpty();
        }
        assertThat(filesIn(directory)).containsExactly("cache", "web.tar");
    }

    @Test
    void bake_placeOfTheManifestIsADirectory_isToldBeforeAnyWork() throws IOException {
        Files.createDirectory(directory.resolve("web.tar.manifest.json"));
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar").replaceExisting()))
                    .hasMessageContaining("web.tar.manifest.json is a directory");
            assertThat(steps.ran).isEmpty();
        }
    }

    /** As /dev/null is: whoever replaced that would harm the host. */
    @Test
    void bake_targetIsAPipe_isLeftAlone() {
        Path pipe = directory.resolve("web.tar");
        Tool.of("mkfifo", "coreutils").run(pipe.toString()).execute();
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), RootfsTar.to(pipe).replaceExisting()))
                    .hasMessageContaining(pipe + " is a device or pipe");
            assertThat(steps.ran).isEmpty();
        }
        assertThat(pipe).exists();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    /** With what is added to it for a while, and for the manifest, as long as a name can be. */
    @Test
    void bake_longNameOfTheTarget_isToldBeforeAnyWork() {
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("a".repeat(296) + ".tar")))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll("too long: 300 bytes", "at most 241 bytes");
            assertThat(steps.ran).isEmpty();
            assertThat(bakery.bake(image("a"), target("a".repeat(237) + ".tar")).path())
                    .exists();
        }
    }

    @Test
    void bake_noSuchDirectory_isToldBeforeAnyWork() {
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("no/web.tar")))
                    .hasMessageContaining("there is no directory");
            assertThat(steps.ran).isEmpty();
        }
    }

    @Test
    void bake_fileOfTheHostIsGone_isToldBeforeAnyWork() throws IOException {
        Path jar = Files.writeString(directory.resolve("app.jar"), "jar");
        Image image = image("a").toBuilder()
                .recipe(Recipe.builder("app")
                        .addFile(FileEntry.file("/opt/app.jar", jar))
                        .build())
                .build();
        Files.delete(jar);
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image, target("web.tar")))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll(
                            jar + ", which recipe app puts at /opt/app.jar, is gone", "build the image");
            Files.createDirectory(jar);
            assertThatThrownBy(() -> bakery.bake(image, target("web.tar")))
                    .hasMessageContaining(jar + ", which recipe app puts at /opt/app.jar, is no regular file any more");
            assertThat(steps.ran).isEmpty();
        }
    }

    @Test
    void bake_stepFails_namesItWithTailAndHintAndLeavesNothing() throws IOException {
        steps.before(Steps.ROOTFS, context -> {
            Files.writeString(context.output(Steps.ROOTFS_TAR), "half");
            throw new StepException("no package nginxx", "remove it from recipe site", List.of("E: Unable to locate"));
        });
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar")))
                    .isInstanceOfSatisfying(BakeException.class, e -> {
                        assertThat(e.step()).isEqualTo(Steps.ROOTFS);
                        assertThat(e.toolOutput()).containsExactly("E: Unable to locate");
                        assertThat(e.hint()).isEqualTo("remove it from recipe site");
                    })
                    .hasMessageContainingAll("step rootfs", "no package nginxx", "E: Unable", "remove it");
        }
        assertThat(filesIn(directory)).containsExactly("cache");
        assertThat(directory.resolve("cache/work")).isEmptyDirectory();
    }

    @Test
    void bake_stepWritesNotAllItsOutputs_isNotKept() {
        steps.before(Steps.ARCHIVE, context -> Files.createDirectory(context.output(Steps.ARCHIVE_TAR)));
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar")))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContaining("step archive");
            assertThat(directory.resolve("cache/steps/archive")).doesNotExist();
        }
    }

    @Test
    void bake_diskIsFull_saysWhereAndHowMuchIsFree() {
        steps.before(Steps.ROOTFS, context -> {
            throw new IOException(context.scratch() + ": No space left on device");
        });
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar")))
                    .hasMessageContaining("is free in " + directory.resolve("cache"));
        }
    }

    @Test
    void bake_keptResultIsDamaged_isMadeAgain() throws IOException {
        List<BakeEvent> events = new CopyOnWriteArrayList<>();
        try (Bakery bakery = bakery(events::add)) {
            bakery.bake(image("a"), target("one.tar"));
            Files.writeString(cached(Steps.ROOTFS, Steps.ROOTFS_TAR), "flipped");
            Files.writeString(cached(Steps.ARCHIVE, Steps.ARCHIVE_TAR), "flipped");
            steps.ran.clear();

            bakery.bake(image("a"), target("two.tar"));

            assertThat(steps.ran).containsExactly(Steps.ROOTFS, Steps.ARCHIVE);
            assertThat(events)
                    .filteredOn(BakeEvent.Corrupted.class::isInstance)
                    .extracting(BakeEvent::step)
                    .containsExactlyInAnyOrder(Steps.ROOTFS, Steps.ARCHIVE);
            assertThat(directory.resolve("two.tar")).hasSameBinaryContentAs(directory.resolve("one.tar"));
        }
    }

    @Test
    void bake_recordOfResultIsDamaged_isMadeAgain() throws IOException {
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("one.tar"));
            Files.writeString(cached(Steps.CONFIGURE, "entry.json"), "{");
            steps.ran.clear();

            bakery.bake(image("a"), target("two.tar"));

            assertThat(steps.ran).containsExactly(Steps.CONFIGURE);
        }
    }

    @Test
    void bake_listenerThrows_goesOn() {
        try (Bakery bakery = bakery(event -> {
            throw new IllegalStateException("listener");
        })) {
            assertThat(bakery.bake(image("a"), target("web.tar")).path()).exists();
        }
    }

    @Test
    void bake_independentSteps_runSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        ScriptedSteps.Act meet = context -> {
            both.countDown();
            if (!both.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the other step did not run meanwhile");
            }
        };
        steps.before(Steps.ROOTFS, meet).before(Steps.MODULES, meet);
        try (Bakery bakery = bakery()) {
            assertThat(bakery.bake(image("a"), Disk.qcow2(directory.resolve("d.qcow2")))
                            .path())
                    .exists();
        }
    }

    @Test
    void bake_oneThreadOfTheCallers_isEnoughAndComesBackClean() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        steps.before(Steps.CONFIGURE, context -> {
            throw new IOException("broken");
        });
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .runners(steps.runners())
                .executor(one)
                .build()) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar"))).hasMessageContaining("broken");
            assertThat(one.submit(() -> Thread.currentThread().isInterrupted()).get())
                    .isFalse();
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void cancel_whileAStepRuns_interruptsItAndEnds() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        steps.before(Steps.ROOTFS, context -> {
            running.countDown();
            TimeUnit.HOURS.sleep(1);
        });
        try (Bakery bakery = bakery()) {
            Bake<RootfsArchive> bake = bakery.start(image("a"), target("web.tar"));
            running.await();
            bake.cancel();

            assertThatThrownBy(bake::await).isInstanceOf(BakeCancelledException.class);
            assertThat(directory.resolve("web.tar")).doesNotExist();
            assertThat(directory.resolve("cache/work")).isEmptyDirectory();
        }
    }

    @Test
    void bake_waitingThreadIsInterrupted_cancelsAndStaysInterrupted() throws InterruptedException {
        steps.before(Steps.ROOTFS, context -> TimeUnit.HOURS.sleep(1));
        try (Bakery bakery = bakery()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar")))
                    .isInstanceOf(BakeCancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void close_whileABakeRuns_cancelsItAndWaits() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        steps.before(Steps.ROOTFS, context -> {
            running.countDown();
            TimeUnit.HOURS.sleep(1);
        });
        Bake<RootfsArchive> bake;
        try (Bakery bakery = bakery()) {
            bake = bakery.start(image("a"), target("web.tar"));
            running.await();
        }
        assertThat(bake.isDone()).isTrue();
    }

    @Test
    void bake_twoAtOnceOnOneCache_makeEachResultOnce() {
        steps.before(Steps.ROOTFS, context -> TimeUnit.MILLISECONDS.sleep(300));
        try (Bakery one = bakery();
                Bakery two = bakery()) {
            Bake<RootfsArchive> first = one.start(image("a"), target("one.tar"));
            Bake<RootfsArchive> second = two.start(image("a"), target("two.tar"));
            first.await();
            second.await();

            assertThat(steps.ran)
                    .containsExactlyInAnyOrder(Steps.RESOLVE, Steps.ROOTFS, Steps.CONFIGURE, Steps.ARCHIVE);
        }
    }

    /** Run in a JVM of its own by the test below: a bake that never ends by itself. */
    static final class EndlessBake {
        public static void main(String[] arguments) {
            ScriptedSteps endless = new ScriptedSteps().before(Steps.ROOTFS, context -> {
                System.out.println("running");
                TimeUnit.HOURS.sleep(1);
            });
            Path directory = Path.of(arguments[0]);
            Bakery bakery = Bakery.builder()
                    .cacheDirectory(directory.resolve("cache"))
                    .runners(endless.runners())
                    .build();
            bakery.bake(image("a"), RootfsTar.to(directory.resolve("web.tar")));
        }
    }

    @Test
    void bake_jvmIsToldToEnd_leavesNoWorkBehind() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessBake.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = jvm.inputReader()) {
            assertThat(output.readLine()).isEqualTo("running");
            jvm.destroy();

            assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(directory.resolve("cache/work")).isEmptyDirectory();
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void bake_cacheOverItsLimit_forgetsWhatWasLeastRecentlyUsed() throws IOException {
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("one.tar"));
            Files.setLastModifiedTime(cached(Steps.ROOTFS, "entry.json"), FileTime.fromMillis(0));
        }
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .cacheLimit(ByteSize.bytes(1))
                .runners(steps.runners())
                .build()) {
            bakery.bake(image("b"), target("two.tar"));

            assertThat(directory.resolve("two.tar")).exists();
            assertThat(directory.resolve("cache/steps/rootfs")).isEmptyDirectory();
        }
    }

    @Test
    void bake_whileAnotherUsesTheCache_prunesNothing() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        steps.beforeTold(Steps.CONFIGURE, (work, context) -> {
            if (new Step(work, Digest.sha256("0".repeat(64)))
                    .parameters()
                    .toString()
                    .contains(Digest.ofBytes("slow".getBytes(StandardCharsets.UTF_8))
                            .hex())) {
                running.countDown();
                proceed.await();
            }
        });
        try (Bakery slow = bakery();
                Bakery strict = Bakery.builder()
                        .cacheDirectory(directory.resolve("cache"))
                        .cacheLimit(ByteSize.bytes(1))
                        .runners(steps.runners())
                        .build()) {
            Bake<RootfsArchive> bake = slow.start(image("slow"), target("slow.tar"));
            running.await();
            strict.bake(image("a"), target("one.tar"));
            proceed.countDown();
            bake.await();

            assertThat(steps.ran).containsOnlyOnce(Steps.RESOLVE, Steps.ROOTFS);
            assertThat(directory.resolve("cache/steps/rootfs")).isNotEmptyDirectory();
        }
    }

    @Test
    void bake_disk_isItsOwnersAlone() throws IOException {
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), Disk.qcow2(directory.resolve("d.qcow2")));

            assertThat(Files.getPosixFilePermissions(directory.resolve("d.qcow2")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** As the kernel tells it (inotify): a manifest that is there speaks of a disk that is there. */
    @Test
    void bake_disk_appearsBeforeItsManifest() throws Exception {
        try (WatchService watch = directory.getFileSystem().newWatchService();
                Bakery bakery = bakery()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            bakery.bake(image("a"), Disk.qcow2(directory.resolve("d.qcow2")));

            WatchKey key = Objects.requireNonNull(watch.poll(30, TimeUnit.SECONDS));
            TimeUnit.SECONDS.sleep(1);
            assertThat(key.pollEvents().stream().map(event -> event.context().toString()))
                    .containsSubsequence("d.qcow2", "d.qcow2.manifest.json");
        }
    }

    @Test
    void build_whileAnotherBakeRuns_leavesItsWork() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        steps.before(Steps.ROOTFS, context -> {
            running.countDown();
            proceed.await();
            assertThat(context.scratch()).isDirectory();
        });
        try (Bakery one = bakery()) {
            Bake<RootfsArchive> bake = one.start(image("a"), target("web.tar"));
            running.await();
            bakery().close();
            proceed.countDown();

            assertThat(bake.await().path()).exists();
        }
    }

    @Test
    void bake_cacheBehindALink_isUsed() throws IOException {
        Path real = Files.createDirectory(directory.resolve("large-disk"));
        Files.createSymbolicLink(directory.resolve("cache"), real);
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("web.tar"));
        }
        assertThat(real.resolve("steps/rootfs")).isNotEmptyDirectory();
    }

    @Test
    void create_workOfADeadProcess_isRemoved() throws IOException {
        Path abandoned = Files.createDirectories(directory.resolve("cache/work/999999999-1-rootfs/scratch"));
        Files.writeString(abandoned.resolve("x"), "x");

        bakery().close();

        assertThat(directory.resolve("cache/work")).isEmptyDirectory();
    }

    @Test
    void events_ofTwoBakesAtOnce_tellWhichBake() {
        List<BakeEvent> events = new CopyOnWriteArrayList<>();
        try (Bakery bakery = bakery(events::add)) {
            Bake<RootfsArchive> one = bakery.start(image("a"), target("one.tar"));
            Bake<RootfsArchive> two = bakery.start(image("b"), target("two.tar"));
            one.await();
            two.await();

            assertThat(one.id()).isNotEqualTo(two.id());
            assertThat(one.id().target()).isEqualTo("archive " + directory.resolve("one.tar"));
            for (Bake<RootfsArchive> bake : List.of(one, two)) {
                assertThat(events)
                        .filteredOn(event -> event.bake().equals(bake.id()))
                        .filteredOn(BakeEvent.Finished.class::isInstance)
                        .extracting(BakeEvent::step)
                        .containsExactly(Steps.RESOLVE, Steps.ROOTFS, Steps.CONFIGURE, Steps.ARCHIVE, "deliver");
            }
        }
    }

    @Test
    void start_withAListener_hearsOfThatBakeAlone() {
        List<BakeEvent> events = new CopyOnWriteArrayList<>();
        try (Bakery bakery = bakery()) {
            bakery.bake(image("a"), target("one.tar"));
            Bake<RootfsArchive> bake = bakery.start(image("b"), target("two.tar"), events::add);
            bake.await();
            bakery.bake(image("c"), target("three.tar"));

            assertThat(events).isNotEmpty().allMatch(event -> event.bake().equals(bake.id()));
        }
    }

    @Test
    void await_noLongerThan_isEmptyAndTheBakeGoesOn() {
        CountDownLatch proceed = new CountDownLatch(1);
        steps.before(Steps.ROOTFS, context -> proceed.await());
        try (Bakery bakery = bakery()) {
            Bake<RootfsArchive> bake = bakery.start(image("a"), target("web.tar"));

            assertThat(bake.await(Duration.ofMillis(50))).isEmpty();
            proceed.countDown();
            assertThat(bake.await(ChronoUnit.FOREVER.getDuration())).contains(bake.await());
        }
    }

    @Test
    void await_noLongerThanAndInterrupted_cancels() {
        steps.before(Steps.ROOTFS, context -> TimeUnit.HOURS.sleep(1));
        try (Bakery bakery = bakery()) {
            Bake<RootfsArchive> bake = bakery.start(image("a"), target("web.tar"));
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> bake.await(Duration.ofHours(1))).isInstanceOf(BakeCancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void toCompletableFuture_endsAsTheBakeDoes() throws Exception {
        try (Bakery bakery = bakery()) {
            assertThat(bakery.start(image("a"), target("web.tar"))
                            .toCompletableFuture()
                            .thenApply(RootfsArchive::path)
                            .get())
                    .exists();
            assertThatThrownBy(() -> bakery.start(image("a"), target("web.tar"))
                            .toCompletableFuture()
                            .get())
                    .hasCauseInstanceOf(BakeException.class)
                    .hasMessageContaining("exists already");
        }
    }

    @Test
    void toCompletableFuture_cancelled_cancelsTheBake() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        steps.before(Steps.ROOTFS, context -> {
            running.countDown();
            TimeUnit.HOURS.sleep(1);
        });
        try (Bakery bakery = bakery()) {
            Bake<RootfsArchive> bake = bakery.start(image("a"), target("web.tar"));
            running.await();
            bake.toCompletableFuture().cancel(true);

            assertThatThrownBy(bake::await).isInstanceOf(BakeCancelledException.class);
        }
    }

    @Test
    void start_bakeryIsClosed_saysSo() {
        Bakery bakery = bakery();
        bakery.close();

        assertThatThrownBy(() -> bakery.start(image("a"), target("web.tar")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("bakery is closed", "Bakery.create()");
    }

    private Bakery bakery(ExecutorService executor) {
        return Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .runners(steps.runners())
                .executor(executor)
                .build();
    }

    @Test
    void bake_executorIsShutDown_saysSo() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        try (Bakery bakery = bakery(executor)) {
            assertThatThrownBy(() -> bakery.bake(image("a"), target("web.tar")))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll("executor of the bakery takes no work", "executor(...)");
        }
    }

    /** Two steps may run, one thread does: the step that waits is dropped, and nobody is told. */
    @Test
    void bake_executorIsShutDownMeanwhile_ends() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        ScriptedSteps.Act shutDown = context -> executor.shutdownNow();
        steps.before(Steps.ROOTFS, shutDown).before(Steps.MODULES, shutDown);
        try (Bakery bakery = bakery(executor)) {
            assertThatThrownBy(() -> bakery.bake(image("a"), Disk.qcow2(directory.resolve("d.qcow2"))))
                    .isInstanceOf(BakeException.class);
        }
    }

    /** Run in a JVM of its own by the test below: a tool that prints much. */
    static final class LoggedBake {
        public static void main(String[] arguments) {
            ScriptedSteps steps = new ScriptedSteps().before(Steps.ROOTFS, context -> {
                for (int line = 0; line < 100; line++) {
                    context.reporter().toolOutput("Unpacking " + line);
                    context.reporter().items(line, 100);
                }
            });
            Path directory = Path.of(arguments[0]);
            try (Bakery bakery = Bakery.builder()
                    .cacheDirectory(directory.resolve("cache"))
                    .runners(steps.runners())
                    .build()) {
                bakery.bake(image("a"), RootfsTar.to(directory.resolve("web.tar")));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"info, 5, 0", "debug, 10, 0", "trace, 211, 100"})
    void bake_always_logsALineAStepAtInfoAndToolsAtTrace(String level, int lines, int ofTools) throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dorg.slf4j.simpleLogger.log.dev.firstboot.bake.Bakery=" + level,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoggedBake.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        List<String> said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(said).filteredOn(line -> line.contains("Bakery")).hasSize(lines);
        assertThat(said).filteredOn(line -> line.contains("Unpacking")).hasSize(ofTools);
        assertThat(said)
                .filteredOn(line -> line.contains("INFO"))
                .hasSize(5)
                .allMatch(line -> line.contains("bake 1 (web → archive " + directory.resolve("web.tar") + "): step "))
                .anyMatch(line -> line.matches(".*step rootfs took [0-9.]+ s"));
    }
}
