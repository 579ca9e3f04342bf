package dev.firstboot.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.FirstbootException;
import dev.firstboot.advisory.InstalledPackage;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class ManifestTest {
    private static final Instant DATE = Instant.parse("2026-11-20T08:30:00Z");

    @TempDir
    private Path directory;

    @Test
    void allowed_ofTheRecipes_isInTheManifestAndReadBack() throws Exception {
        Image image = Image.builder()
                .name("web")
                .recipe(Recipe.builder("notes").allow("/etc/notes.yml").build())
                .build();
        Manifest manifest = Manifest.of(image, Digest.sha256("0".repeat(64)), packages(), Map.of());
        Path artifact = directory.resolve("web.tar");
        Files.writeString(Manifest.pathFor(artifact), manifest.toJson());

        assertThat(manifest.allowed()).containsExactly("/etc/notes.yml");
        assertThat(Manifest.readFor(artifact)).isEqualTo(manifest);
    }

    private static PackageSet packages() {
        return new PackageSet(
                DATE,
                List.of("trixie", "trixie-security"),
                List.of(
                        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main"),
                List.of(new InstalledPackage("libssl3t64", "3.5.1-1+b1", "openssl", "3.5.1-1")));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ManifestTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void toJson_always_tellsDateAndSourcePackagesAndIsReadBack() {
        Manifest manifest =
                Manifest.of(Image.builder().name("web").build(), Digest.sha256("0".repeat(64)), packages(), Map.of());

        Manifest same = Manifest.fromJson(manifest.toJson());

        assertThat(same).isEqualTo(manifest);
        assertThat(same.resolvedAt()).contains(DATE);
        assertThat(same.suites()).containsExactly("trixie", "trixie-security");
        assertThat(same.packages()).containsExactly(Map.entry("libssl3t64", "3.5.1-1+b1"));
        assertThat(same.installed()).isEqualTo(packages().installed());
        assertThat(same).hasToString("Manifest[web: 1 packages of 2026-11-20T08:30:00Z, plan 000000000000]");
    }

    /** As the first version wrote it, before anything was allowed, and after. */
    @ParameterizedTest
    @ValueSource(strings = {"manifest-1.json", "manifest-1-allowed.json"})
    void fromJson_ofTheFirstVersion_isReadAndLeavesEmptyWhatItDoesNotTell(String name) throws IOException {
        Manifest old = Manifest.fromJson(golden(name));

        assertThat(old.schemaVersion()).isEqualTo(1);
        assertThat(old.image()).isEqualTo("web");
        assertThat(old.packages()).containsEntry("nginx-light", "1.26.3-3+deb13u7");
        assertThat(old.tcpPorts()).containsExactly(80);
        assertThat(old.resolvedAt()).isEmpty();
        assertThat(old.installed()).isEmpty();
        assertThat(old.suites()).containsExactly("trixie", "trixie-updates", "trixie-security");
        assertThat(old.allowed()).isEqualTo(name.contains("allowed") ? List.of("/etc/notes.yml") : List.of());
        assertThat(Manifest.fromJson(old.toJson())).isEqualTo(old);
    }

    @Test
    void fromJson_ofALaterVersion_saysToUseANewerFirstboot() throws IOException {
        String later = golden("manifest-1.json").replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 3");

        for (String form : List.of(later, later.replaceFirst("\"sources\" : \\[", "\"sources\" : 7, \"more\" : ["))) {
            assertThatThrownBy(() -> Manifest.fromJson(form))
                    .isInstanceOf(FirstbootException.class)
                    .hasMessageContainingAll("version 3", "1 to 2", "use a newer one");
        }
    }

    @Test
    void readFor_noManifest_namesTheFile() throws IOException {
        Path artifact = directory.resolve("web.tar");
        Files.writeString(Manifest.pathFor(artifact), "{}");

        assertThatThrownBy(() -> Manifest.readFor(artifact))
                .isInstanceOf(FirstbootException.class)
                .hasMessageContaining(Manifest.pathFor(artifact) + " is not a manifest");
    }

    @Test
    void readFor_noFile_namesTheFile() {
        Path artifact = directory.resolve("web.qcow2");

        assertThatThrownBy(() -> Manifest.readFor(artifact))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("there is no " + Manifest.pathFor(artifact));
    }

    /** The words are about the manifest, not about how Java reads JSON. */
    @Test
    void fromJson_empty_saysThatAFieldIsMissing() {
        assertThatThrownBy(() -> Manifest.fromJson("{}"))
                .isInstanceOf(FirstbootException.class)
                .hasMessageContaining("'schemaVersion' is missing")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Deserialization"));
    }

    @Test
    void fromJson_noManifest_namesWhatIsMissing() {
        assertThatThrownBy(() -> Manifest.fromJson("{\"schemaVersion\": 2}"))
                .isInstanceOf(FirstbootException.class)
                .hasMessageContaining("'image'");
    }
}
