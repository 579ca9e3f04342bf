package dev.firstboot.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.ManifestTest;
import dev.firstboot.image.FileEntryTest;
import dev.firstboot.image.ImageTest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.console.ConsoleLauncher;

/**
 * Who embeds this library chooses the Jackson: Spring Boot 3.5 has 2.19. The tests of JSON run again in a JVM whose class path has another one: the build
 * puts each version into {@code target/jackson}. With the newest they run in this JVM.
 */
class JacksonVersionsTest {
    /** System property that names the version that must be there. */
    static final String EXPECTED = "firstboot.jackson";

    private static final List<Class<?>> TESTS =
            List.of(JsonTest.class, ImageTest.class, FileEntryTest.class, ManifestTest.class);

    @ParameterizedTest
    @ValueSource(strings = {"2.15.4", "2.19.4"})
    void testsOfJson_withAnotherJackson_pass(String version) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-D" + EXPECTED + "=" + version,
                "-cp",
                classPath(version),
                ConsoleLauncher.class.getName(),
                "execute",
                "--disable-banner",
                "--fail-if-no-tests",
                "--disable-ansi-colors",
                "--details=tree"));
        TESTS.forEach(test -> command.add("--select-class=" + test.getName()));

        Process tests = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(said).isZero();
    }

    /** This JVM's own, with another Jackson. */
    private static String classPath(String version) throws IOException {
        Path directory = Path.of("target", "jackson", version).toAbsolutePath();
        List<String> entries = new ArrayList<>();
        try (Stream<Path> jars = Files.list(directory)) {
            jars.map(Path::toString).sorted().forEach(entries::add);
        }
        assertThat(entries).as("what the build puts into %s", directory).hasSize(3);
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("jackson-"))
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }
}
