package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bake writes beside its target before it is whole. */
class PartDirectoryTest {
    @TempDir
    Path directory;

    /** In the child: begins and waits to be killed. */
    public static void main(String[] args) throws Exception {
        PartDirectory parts = PartDirectory.in(Path.of(args[0]));
        Files.write(parts.file("image"), new byte[100]);
        System.out.println("begun");
        Thread.sleep(3_600_000);
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".firstboot-"))
                    .toList();
        }
    }

    private Process begin() throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PartDirectoryTest.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(child.inputReader().readLine()).isEqualTo("begun");
        return child;
    }

    @Test
    void in_bakeWasKilledWhileItDelivered_whatItLeftIsRemoved() throws Exception {
        Process killed = begin();
        killed.destroyForcibly().waitFor();
        assertThat(parts()).hasSize(1);

        try (PartDirectory next = PartDirectory.in(directory)) {
            assertThat(parts()).containsExactly(next.file("image").getParent());
        }
        assertThat(parts()).isEmpty();
    }

    @Test
    void in_othersAreWriting_theyKeepWhatTheyHave() throws Exception {
        Process child = begin();
        try (PartDirectory one = PartDirectory.in(directory)) {
            Files.writeString(one.file("image"), "one");
            try (PartDirectory two = PartDirectory.in(directory)) {
                assertThat(parts()).hasSize(3);
                assertThat(two.file("image")).doesNotExist();
            }
            PartDirectory.in(directory).close();
            assertThat(one.file("image")).hasContent("one");
            assertThat(parts()).hasSize(2);
            // Its lock is still held, seen from elsewhere.
            Process other = begin();
            assertThat(one.file("image")).hasContent("one");
            other.destroyForcibly().waitFor();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void in_namesThatOnlyLookAlike_areLeftAlone() throws IOException {
        Path file = Files.writeString(
                directory.resolve(".firstboot-00000000-0000-0000-0000-000000000000.part"),
                "a file",
                StandardOpenOption.CREATE_NEW);
        Path link = Files.createSymbolicLink(
                directory.resolve(".firstboot-00000000-0000-0000-0000-000000000001.part"), Path.of("/"));
        PartDirectory.in(directory).close();
        assertThat(file).exists();
        assertThat(link).isSymbolicLink();
    }
}
