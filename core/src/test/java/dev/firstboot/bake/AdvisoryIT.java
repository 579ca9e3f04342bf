package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.advisory.Advisory;
import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.advisory.SecurityTracker;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.image.Image;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.RootfsTar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known vulnerabilities of a real image, by a tracker of our own. */
class AdvisoryIT {
    private static final Image SITE =
            Image.builder().name("site").recipe(SmallSite.recipe().build()).build();

    @TempDir
    Path directory;

    private Path tracker() throws IOException {
        try (InputStream in = Objects.requireNonNull(AdvisoryIT.class.getResourceAsStream("site-tracker.json"))) {
            return Files.write(directory.resolve("tracker.json"), in.readAllBytes());
        }
    }

    private static Bakery.Builder builder() {
        return Bakery.builder().cacheDirectory(RealSteps.sharedCache());
    }

    @Test
    void bake_site_tellsSourcePackagesAsDpkgDoesAndIsRefusedForWhatIsOpen() throws IOException {
        Path target = directory.resolve("site.tar");
        RootfsArchive archive;
        try (Bakery bakery = builder().build()) {
            archive = bakery.bake(SITE, RootfsTar.to(target));
        }

        assertThat(archive.manifest().installed().stream()
                        .map(one -> String.join(" ", one.name(), one.version(), one.source(), one.sourceVersion())))
                .isEqualTo(asDpkgTells(target));
        List<Advisory> open = archive.manifest().advisories(tracker());
        assertThat(open.stream().map(Advisory::cve)).containsExactly("CVE-2026-9001", "CVE-2010-9004");
        assertThat(open.get(0).packages()).contains("libssl3t64", "openssl");

        Path before = Files.writeString(directory.resolve("before.tar"), "the one before");
        AdvisoryPolicy policy = AdvisoryPolicy.of(SecurityTracker.at(tracker())).refuseFixable();
        try (Bakery careful = builder().advisories(policy).build()) {
            assertThatThrownBy(() -> careful.bake(SITE, RootfsTar.to(before).replaceExisting()))
                    .isInstanceOf(BakeException.class)
                    .hasMessageContainingAll("CVE-2026-9001", "openssl", "trixie-security", "refreshPackages()");
        }
        assertThat(before).hasContent("the one before");
        try (Bakery accepting =
                builder().advisories(policy.accept("CVE-2026-9001")).build()) {
            accepting.bake(SITE, RootfsTar.to(before).replaceExisting());
        }
        assertThat(before).hasSameBinaryContentAs(target);
    }

    /** Of what is really installed in the image. */
    private List<String> asDpkgTells(Path tar) {
        Path root = directory.resolve("root");
        Tool.of("sh", "dash")
                .run(
                        "-euc",
                        "mkdir \"$0\"; tar -C \"$0\" -xf \"$1\" ./var/lib/dpkg || tar -C \"$0\" -xf \"$1\" var/lib/dpkg")
                .add(root.toString(), tar.toString())
                .execute();
        return Tool.of("dpkg-query", "dpkg")
                .run("--admindir=" + root.resolve("var/lib/dpkg"), "-W")
                .add("-f=${Package} ${Version} ${source:Package} ${source:Version}\\n")
                .text()
                .lines()
                .sorted()
                .toList();
    }
}
