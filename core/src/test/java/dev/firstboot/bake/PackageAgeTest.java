package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which package versions a bake takes: those of the archive, or those that an earlier bake asked for. */
class PackageAgeTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T08:30:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Image IMAGE = Image.builder()
            .name("web")
            .recipe(Recipe.builder("site").addPackage("nginx").build())
            .build();

    @TempDir
    Path directory;

    private final ScriptedSteps steps = new ScriptedSteps();
    private final SetClock clock = new SetClock(BEGIN);
    private int targets;

    private Bakery.Builder builder() {
        return builder("cache");
    }

    private Bakery.Builder builder(String cache) {
        return Bakery.builder()
                .cacheDirectory(directory.resolve(cache))
                .runners(steps.runners())
                .clock(clock);
    }

    private Manifest bake(Bakery.Builder builder) {
        steps.ran.clear();
        try (Bakery bakery = builder.build()) {
            return bakery.bake(IMAGE, target()).manifest();
        }
    }

    private RootfsTar target() {
        return RootfsTar.to(directory.resolve(++targets + ".tar"));
    }

    private static Map<String, String> nginx(String version) {
        return Map.of("nginx", version);
    }

    @Test
    void bake_withinADay_takesTheVersionsThatAreThere() {
        bake(builder());
        steps.archiveHas("1.28");
        clock.pass(DAY);

        Manifest manifest = bake(builder());

        assertThat(steps.ran).isEmpty();
        assertThat(manifest.resolvedAt()).contains(BEGIN);
        assertThat(manifest.packages()).isEqualTo(nginx("1.26.3-3"));
    }

    @Test
    void bake_afterADay_asksAnewAndTellsTheDate() {
        bake(builder());
        steps.archiveHas("1.28");
        clock.pass(DAY.plusSeconds(1));

        Manifest manifest = bake(builder());

        assertThat(steps.ran).containsExactly(Steps.RESOLVE, Steps.ROOTFS, Steps.CONFIGURE, Steps.ARCHIVE);
        assertThat(manifest.resolvedAt()).contains(BEGIN.plus(DAY).plusSeconds(1));
        assertThat(manifest.packages()).isEqualTo(nginx("1.28"));
    }

    @Test
    void bake_afterADayAndTheArchiveIsTheSame_runsNothingElse() {
        bake(builder());
        clock.pass(DAY.multipliedBy(2));

        Manifest manifest = bake(builder());

        assertThat(steps.ran).containsExactly(Steps.RESOLVE);
        assertThat(manifest.resolvedAt()).contains(BEGIN.plus(DAY.multipliedBy(2)));
    }

    @Test
    void bake_dateIsStillToCome_asksAnew() {
        bake(builder());
        clock.pass(Duration.ofDays(-3));

        bake(builder());

        assertThat(steps.ran).containsExactly(Steps.RESOLVE);
    }

    @Test
    void packageAge_longer_takesOlderVersions() {
        bake(builder());
        clock.pass(Duration.ofDays(6));

        bake(builder().packageAge(Duration.ofDays(7)));

        assertThat(steps.ran).isEmpty();
    }

    @Test
    void packageAge_none_isRefusedWithTheWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bakery.builder().packageAge(Duration.ZERO))
                .withMessageContaining("refreshPackages()");
    }

    @Test
    void packageAge_besideRefreshPackages_isRefused() {
        assertThatThrownBy(() -> Bakery.builder().refreshPackages().packageAge(DAY))
                .hasMessage(
                        "which package versions to take is set twice: first asked for anew, then at most one day old");
    }

    @Test
    void keepPackages_always_takesAnyAge() {
        bake(builder());
        clock.pass(Duration.ofDays(4000));

        bake(builder().keepPackages());

        assertThat(steps.ran).isEmpty();
    }

    @Test
    void refreshPackages_always_asksAnewEachTime() {
        bake(builder());
        for (int again = 0; again < 2; again++) {
            clock.pass(Duration.ofSeconds(1));

            assertThat(bake(builder().refreshPackages()).resolvedAt()).contains(clock.instant());
            assertThat(steps.ran).containsExactly(Steps.RESOLVE);
        }
    }

    @Test
    void bake_dateThatWasKeptIsDamaged_asksAnew() throws IOException {
        bake(builder());
        Files.writeString(onlyEntry(Steps.RESOLVE).resolve(Steps.RESOLVED_AT), "yesterday");

        bake(builder());

        assertThat(steps.ran).containsExactly(Steps.RESOLVE);
    }

    /** A bake that is at work with its versions when they expire and another one asks for new ones. */
    @Test
    void bake_anotherAsksAnewMeanwhile_goesOnWithItsOwnVersions() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        steps.before(Steps.ROOTFS, context -> {
            if (Files.readString(context.input(Steps.RESOLVE, Steps.PACKAGES_LOCK))
                    .contains("1.26")) {
                reading.countDown();
                assertThat(proceed.await(1, TimeUnit.MINUTES)).isTrue();
            }
        });
        try (Bakery slow = builder().build();
                Bakery quick = builder().build()) {
            Bake<RootfsArchive> early = slow.start(IMAGE, target());
            assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();
            clock.pass(DAY.multipliedBy(2));
            steps.archiveHas("1.28");
            Manifest late = quick.bake(IMAGE, target()).manifest();
            proceed.countDown();

            assertThat(late.packages()).isEqualTo(nginx("1.28"));
            assertThat(early.await().manifest().packages()).isEqualTo(nginx("1.26.3-3"));
            assertThat(early.await().manifest().resolvedAt()).contains(BEGIN);
            assertThat(early.await().path())
                    .content()
                    .contains("nginx=1.26.3-3")
                    .doesNotContain("1.28");
        }
    }

    @Test
    void bake_twoAtOnceAfterADay_askOnce() {
        bake(builder());
        clock.pass(DAY.multipliedBy(2));
        steps.ran.clear();
        steps.before(Steps.RESOLVE, context -> TimeUnit.MILLISECONDS.sleep(300));
        try (Bakery one = builder().build();
                Bakery two = builder().build()) {
            Bake<RootfsArchive> first = one.start(IMAGE, target());
            Bake<RootfsArchive> second = two.start(IMAGE, target());
            first.await();
            second.await();
        }
        assertThat(steps.ran).containsExactly(Steps.RESOLVE);
    }

    @Test
    void packagesOf_earlierBake_takesItsVersionsFromTheCacheAndGivesTheSameManifest() {
        Manifest early = bake(builder());
        steps.archiveHas("1.28");
        clock.pass(DAY.multipliedBy(2));
        bake(builder());

        Manifest again = bake(builder().packagesOf(early));

        assertThat(steps.ran).isEmpty();
        assertThat(again).isEqualTo(early);
        assertThat(bake(builder()).packages()).isEqualTo(nginx("1.28"));
    }

    @Test
    void packagesOf_emptyCache_tellsTheStepWhichToTake() {
        Manifest early = bake(builder());
        steps.before(
                Steps.RESOLVE,
                context -> assertThat(context.host().pinned().orElseThrow().byName())
                        .isEqualTo(nginx("1.26.3-3")));

        bake(builder("other").packagesOf(early));

        assertThat(steps.ran).contains(Steps.RESOLVE);
    }

    @Test
    void packagesOf_manifestWithWhatIsNoVersion_isRefused() {
        String early = bake(builder()).toJson();
        String forged = early.replace("1.26.3-3", "1.26.3-3\\nPackage: *");
        assertThat(forged).isNotEqualTo(early);

        assertThatThrownBy(() -> builder().packagesOf(Manifest.fromJson(forged)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a version of a Debian package");
    }

    @Test
    void plan_ofABakery_tellsTheDateOfTheVersions() {
        try (Bakery bakery = builder().build()) {
            BakePlan before = bakery.plan(IMAGE, RootfsTar.to("x.tar"));
            assertThat(before.versionsOf()).isEmpty();
            assertThat(before.toString()).contains("versions at most one day old: none is kept");

            Manifest early = bakery.bake(IMAGE, target()).manifest();
            BakePlan after = bakery.plan(IMAGE, RootfsTar.to("x.tar"));
            assertThat(after.versionsOf()).contains(BEGIN);
            assertThat(after.toString()).contains("versions at most one day old: kept since 2026-11-20T08:30:00Z");
            assertThat(after).isEqualTo(before).isEqualTo(IMAGE.plan(RootfsTar.to("x.tar")));

            try (Bakery pinned = builder().packagesOf(early).build()) {
                assertThat(pinned.plan(IMAGE, RootfsTar.to("x.tar")).toString())
                        .contains("versions those of an earlier bake, of 2026-11-20T08:30:00Z");
            }
        }
    }

    /** The root file system was found by the old versions; the rest of the system must not be of new ones. */
    @Test
    void bake_keptVersionsAreDamagedAndTheArchiveHasOthers_mixesNothing() throws IOException {
        Disk disk = Disk.qcow2(directory.resolve("d.qcow2")).replaceExisting();
        try (Bakery bakery = builder().build()) {
            bakery.bake(IMAGE, disk);
            steps.archiveHas("1.28");
            Files.writeString(onlyEntry(Steps.RESOLVE).resolve(Steps.KERNEL_LOCK), "flipped");
            Files.delete(onlyEntry(Steps.SYSTEM).resolve("entry.json"));

            assertThatThrownBy(() -> bakery.bake(IMAGE, disk))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll("damaged", "bake again");
            assertThat(bakery.bake(IMAGE, disk).manifest().packages()).isEqualTo(nginx("1.28"));
        }
        assertThat(disk.path()).content().contains("nginx=1.28").doesNotContain("1.26");
    }

    private Path onlyEntry(String step) throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("cache/steps").resolve(step))) {
            return entries.findFirst().orElseThrow();
        }
    }
}
