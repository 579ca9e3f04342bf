package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.bake.firstboot.Silent;
import dev.firstboot.bake.rootfs.AptRoot;
import dev.firstboot.bake.rootfs.Archives;
import dev.firstboot.bake.rootfs.PackageSources;
import dev.firstboot.bake.rootfs.PackageVersions;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.plan.PackageChoice;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real archive that no longer has the versions it had. */
class MovedArchiveIT {
    @TempDir
    Path directory;

    private OwnRepository repository;
    private Image image;
    private final List<String> locked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void publish() throws IOException {
        repository = new OwnRepository(directory);
        repository.add("ours", "1.0", Map.of("usr/lib/ours/version", "1.0\n"));
        image = image(Release.DEBIAN_13);
    }

    private Image image(Release release) throws IOException {
        return Image.builder()
                .name("site")
                .release(release)
                .recipe(Recipe.builder("site")
                        .addSource(repository.source())
                        .addPackage("ours")
                        .build())
                .build();
    }

    /** Chooses versions, and installs nothing. */
    private Manifest choose(Bakery.Builder builder, String cache, Image what) {
        locked.clear();
        try (Bakery bakery = builder.cacheDirectory(directory.resolve(cache))
                .runners(RealSteps.before(
                        Steps.ROOTFS,
                        context ->
                                locked.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.PACKAGES_LOCK)))))
                .build()) {
            return bakery.bake(what, RootfsTar.to(directory.resolve("site.tar")).replaceExisting())
                    .manifest();
        }
    }

    @Test
    void packagesOf_archiveThatHasBoth_takesTheOldVersion() throws IOException {
        Manifest early = choose(Bakery.builder(), "one", image);
        repository.add("ours", "2.0", Map.of("usr/lib/ours/version", "2.0\n"));

        Manifest again = choose(Bakery.builder().packagesOf(early), "two", image);

        assertThat(locked).contains("ours=1.0");
        assertThat(again.packages()).isEqualTo(early.packages());
        assertThat(again.resolvedAt()).isEqualTo(early.resolvedAt()).isNotEmpty();
        assertThat(choose(Bakery.builder(), "two", image).packages()).containsEntry("ours", "2.0");
    }

    @Test
    void packagesOf_archiveThatHasMovedOn_namesWhatIsGoneAndTheWayOut() throws IOException {
        Manifest early = choose(Bakery.builder(), "one", image);
        repository.remove("ours");
        repository.add("ours", "2.0", Map.of("usr/lib/ours/version", "2.0\n"));

        assertThatThrownBy(() -> choose(Bakery.builder().packagesOf(early), "two", image))
                .isInstanceOfSatisfying(BakeException.class, e -> {
                    assertThat(e).hasMessageContainingAll("step resolve", "ours is 2.0, not 1.0");
                    assertThat(e.hint())
                            .contains(
                                    "mirror(...)",
                                    "securityMirror(...)",
                                    "snapshot.debian.org",
                                    early.resolvedAt().orElseThrow().toString(),
                                    "without packagesOf(...)");
                });
        assertThat(choose(Bakery.builder().packagesOf(early), "one", image)).isEqualTo(early);
    }

    @Test
    void packagesOf_anotherReleasesManifest_isRefused() throws IOException {
        Manifest early = choose(Bakery.builder(), "one", image);

        assertThatThrownBy(() -> choose(Bakery.builder().packagesOf(early), "one", image(Release.DEBIAN_12)))
                .hasMessageContainingAll("is of trixie", "Debian 12 (bookworm)");
    }

    @Test
    void bake_versionIsGoneBeforeItIsInstalled_saysToAskAnew() throws IOException {
        choose(Bakery.builder(), "one", image);
        repository.remove("ours");
        repository.add("ours", "2.0", Map.of("usr/lib/ours/version", "2.0\n"));

        try (Bakery bakery =
                Bakery.builder().cacheDirectory(directory.resolve("one")).build()) {
            assertThatThrownBy(() -> bakery.bake(image, RootfsTar.to(directory.resolve("web.tar"))))
                    .isInstanceOfSatisfying(BakeException.class, e -> {
                        assertThat(e).hasMessageContainingAll("step rootfs", "moved on", "ours=1.0");
                        assertThat(e.hint()).contains("refreshPackages()");
                    });
        }
    }

    @Test
    void download_versionThatIsGone_saysToAskAnew() throws IOException {
        HostSettings host = HostSettings.usual();
        PackageChoice choice = Works.packages(image);
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        AptRoot apt = AptRoot.create(
                scratch.resolve("apt"),
                PackageSources.of(choice, Archives.find(image.release(), host, scratch)),
                choice,
                host,
                new Silent());

        assertThatThrownBy(() -> apt.download(PackageVersions.of(Map.of("ours", "0.9")), scratch.resolve("debs")))
                .isInstanceOfSatisfying(StepException.class, e -> {
                    assertThat(e).hasMessageContainingAll("moved on", "ours");
                    assertThat(e.hint()).contains("refreshPackages()");
                });
    }
}
