package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class FileEntryTest {
    @TempDir
    private Path directory;

    private static Image image(FileEntry file) {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("app").addFile(file).build())
                .build();
    }

    private Path jar(String content) throws Exception {
        return Files.writeString(directory.resolve("app.jar"), content);
    }

    @Test
    void file_always_jsonHoldsPathDigestAndLengthAndNoBytes() throws Exception {
        Path jar = jar("many bytes");
        FileEntry file = FileEntry.file("/opt/app.jar", jar).mode(0600);

        String json = image(file).toJson();

        assertThat(json)
                .contains(
                        jar.toString(),
                        Digest.ofBytes("many bytes".getBytes(StandardCharsets.UTF_8))
                                .hex(),
                        "\"length\" : 10")
                .doesNotContain("base64");
        assertThat(Image.fromJson(json)).isEqualTo(image(file));
        assertThat(file.mode()).isEqualTo(FileMode.of(0600));
    }

    /** Without the file, too: an image is a value. */
    @Test
    void fromJson_fileIsGone_isTheSameImage() throws Exception {
        Image image = image(FileEntry.file("/opt/app.jar", jar("x")));
        Files.delete(directory.resolve("app.jar"));

        assertThat(Image.fromJson(image.toJson())).isEqualTo(image);
    }

    @Test
    void file_othersBytes_areAnotherImage() throws Exception {
        Image before = image(FileEntry.file("/opt/app.jar", jar("one")));

        assertThat(image(FileEntry.file("/opt/app.jar", jar("two")))).isNotEqualTo(before);
        assertThat(image(FileEntry.file("/opt/app.jar", jar("one")))).isEqualTo(before);
    }

    @Test
    void file_noFile_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileEntry.file("/opt/app.jar", directory.resolve("no.jar")))
                .withMessageContaining(directory.resolve("no.jar") + " does not exist");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileEntry.file("/opt/app.jar", directory))
                .withMessageContaining(directory + " is no regular file");
    }

    @Test
    void resource_small_isInTheImage() {
        FileEntry file = FileEntry.resource("/opt/x.class", FileEntryTest.class, "FileEntryTest.class");

        assertThat(file.content()).isInstanceOf(Content.Bytes.class);
    }

    @Test
    void resource_large_isReferredToAndReadAgain() throws Exception {
        URI beside = Objects.requireNonNull(FileEntryTest.class.getResource("FileEntryTest.class"))
                .toURI();
        Path large = Path.of(beside).resolveSibling("large.bin");
        byte[] bytes = new byte[(1 << 20) + 1];
        Files.write(large, bytes);
        try {
            FileEntry file = FileEntry.resource("/opt/large.bin", FileEntryTest.class, "large.bin");
            Image again = Image.fromJson(image(file).toJson());

            assertThat(file.content())
                    .isEqualTo(new Content.Resource(
                            FileEntryTest.class.getName(), "large.bin", Digest.ofBytes(bytes), bytes.length));
            assertThat(again).isEqualTo(image(file));
            try (InputStream in = ((Content.Resource) file.content()).open()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        } finally {
            Files.delete(large);
        }
    }

    @Test
    void resource_notThere_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileEntry.resource("/opt/x", FileEntryTest.class, "no.bin"))
                .withMessageContaining("no resource 'no.bin' beside " + FileEntryTest.class.getName());
    }
}
