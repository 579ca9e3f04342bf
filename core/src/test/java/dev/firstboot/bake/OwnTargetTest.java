package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.owntarget.Announced;
import dev.firstboot.owntarget.InStore;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Baked;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that a program writes itself. */
class OwnTargetTest {
    private static final Image IMAGE = Image.builder()
            .name("web")
            .recipe(Recipe.builder("site")
                    .addFile(FileEntry.text("/etc/motd", "hello"))
                    .build())
            .build();

    @TempDir
    private Path directory;

    private final ScriptedSteps steps = new ScriptedSteps();
    private final Map<String, byte[]> store = new ConcurrentHashMap<>();

    private Bakery bakery(BakeListener... listeners) {
        Bakery.Builder builder =
                Bakery.builder().cacheDirectory(directory.resolve("cache")).runners(steps.runners());
        for (BakeListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    private String stored() throws IOException {
        byte[] object = Objects.requireNonNull(store.get("web.tar.gz"));
        return new String(new GZIPInputStream(new ByteArrayInputStream(object)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void bake_targetOfTheProgram_getsTheResultAndItsManifest() throws IOException {
        try (Bakery bakery = bakery()) {
            URI address = bakery.bake(IMAGE, new InStore(store, "web.tar.gz"));

            assertThat(address).hasToString("store:///web.tar.gz");
            assertThat(stored()).contains("archive [", "configure [");
            assertThat(Manifest.fromJson(new String(store.get("web.tar.gz.json"), StandardCharsets.UTF_8))
                            .image())
                    .isEqualTo("web");
        }
    }

    @Test
    void bake_targetOfTheProgram_sharesWorkWithThoseOfTheLibrary() {
        try (Bakery bakery = bakery()) {
            bakery.bake(IMAGE, RootfsTar.to(directory.resolve("web.tar")));
            steps.ran.clear();

            bakery.bake(IMAGE, new InStore(store, "web.tar.gz"));

            assertThat(steps.ran).isEmpty();
        }
    }

    @Test
    void plan_targetOfTheProgram_isTheDryRun() {
        InStore target = new InStore(store, "web.tar.gz");
        try (Bakery bakery = bakery()) {
            assertThat(IMAGE.plan(target).toString())
                    .contains("→ compressed archive web.tar.gz in the store", " 1. resolve", " 4. archive");
            assertThat(bakery.plan(IMAGE, target).toString()).contains("versions at most one day old");
            assertThat(bakery.plan(IMAGE, target).digest())
                    .isEqualTo(IMAGE.plan(RootfsTar.to("x")).digest());
        }
        assertThat(store).isEmpty();
    }

    @Test
    void events_targetOfTheProgram_nameIt() {
        try (Bakery bakery = bakery()) {
            Bake<URI> bake = bakery.start(IMAGE, new InStore(store, "web.tar.gz"));
            bake.await();

            assertThat(bake.id().toString()).endsWith("(web → compressed archive web.tar.gz in the store)");
        }
    }

    @Test
    void bake_targetAroundADisk_deliversAndCallsBack() {
        List<DiskImage> announced = new ArrayList<>();
        Path disk = directory.resolve("web.qcow2");
        try (Bakery bakery = bakery()) {
            DiskImage made = bakery.bake(IMAGE, new Announced(Disk.qcow2(disk), announced::add));

            assertThat(announced).containsExactly(made);
            assertThat(made.path()).isEqualTo(disk);
            assertThat(disk).content().startsWith("disk [");
            assertThat(made.manifest()).isEqualTo(Manifest.readFor(disk));
        }
    }

    /** That a file is in the way is told before any work, as for the library's own. */
    @Test
    void bake_targetAroundADiskThatExists_isToldBeforeAnyWork() throws IOException {
        Path disk = Files.writeString(directory.resolve("web.qcow2"), "precious");
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(IMAGE, new Announced(Disk.qcow2(disk), image -> {})))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContaining(disk + " exists already");
            assertThat(steps.ran).isEmpty();
        }
        assertThat(disk).hasContent("precious");
    }

    @Test
    void bake_whatTheCacheKeepsIsDamaged_theTargetGetsItMadeAnew() throws IOException {
        List<BakeEvent> events = new CopyOnWriteArrayList<>();
        try (Bakery bakery = bakery(events::add)) {
            bakery.bake(IMAGE, new InStore(store, "web.tar.gz"));
            String before = stored();
            try (Stream<Path> entries = Files.list(directory.resolve("cache/steps/archive"))) {
                Files.writeString(entries.findFirst().orElseThrow().resolve(Steps.ARCHIVE_TAR), "flipped");
            }
            steps.ran.clear();

            bakery.bake(IMAGE, new InStore(store, "web.tar.gz"));

            assertThat(stored()).isEqualTo(before);
            assertThat(steps.ran).containsExactly(Steps.ARCHIVE);
            assertThat(events).hasAtLeastOneElementOfType(BakeEvent.Corrupted.class);
        }
    }

    @Test
    void bake_targetThrows_failsAndNamesWhatIsWrong() {
        Target<String> broken = target(baked -> {
            throw new IOException("the store is closed");
        });
        try (Bakery bakery = bakery()) {
            assertThatThrownBy(() -> bakery.bake(IMAGE, broken))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll("step deliver", "the store is closed");
        }
    }

    @Test
    void cancel_whileATargetDelivers_interruptsIt() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        Target<String> slow = target(baked -> {
            running.countDown();
            TimeUnit.HOURS.sleep(1);
            return "";
        });
        try (Bakery bakery = bakery()) {
            Bake<String> bake = bakery.start(IMAGE, slow);
            running.await();
            bake.cancel();

            assertThatThrownBy(bake::await).isInstanceOf(BakeCancelledException.class);
        }
    }

    private interface Delivery {
        String of(Baked baked) throws IOException, InterruptedException;
    }

    private static Target<String> target(Delivery delivery) {
        return new Target<>() {
            @Override
            public BakePlan planFor(Image image) {
                return BakePlan.ofArchive(image, "nowhere");
            }

            @Override
            public String deliver(Baked baked) throws IOException, InterruptedException {
                return delivery.of(baked);
            }
        };
    }
}
