package dev.firstboot.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    private Path directory;

    @Test
    void allowed_ofTheRecipes_isInTheManifestAndReadBack() throws Exception {
        Image image = Image.builder()
                .name("web")
                .recipe(Recipe.builder("notes").allow("/etc/notes.yml").build())
                .build();
        Manifest manifest = Manifest.of(image, Digest.sha256("0".repeat(64)), List.of(), Map.of(), Map.of());
        Path artifact = directory.resolve("web.tar");
        Files.writeString(Manifest.pathFor(artifact), manifest.toJson());

        assertThat(manifest.allowed()).containsExactly("/etc/notes.yml");
        assertThat(Manifest.readFor(artifact)).isEqualTo(manifest);
    }
}
