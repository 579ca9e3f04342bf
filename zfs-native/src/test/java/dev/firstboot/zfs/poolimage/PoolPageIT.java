package dev.firstboot.zfs.poolimage;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on pool images shows: its example makes the pool that its commands read. */
class PoolPageIT {
    private static final Path PAGE = Path.of("../docs/pool-image.md");

    @TempDir
    Path directory;

    @Test
    void page_exampleAndCommands_work() throws Exception {
        Files.writeString(directory.resolve("hello"), "hello\n");
        assertThat(new ProcessBuilder("tar", "-cf", "files.tar", "hello")
                        .directory(directory.toFile())
                        .start()
                        .waitFor())
                .isZero();
        String example = block("    PoolImage\\.builder\\(\\)")
                .replace("files.tar", directory.resolve("files.tar").toString())
                .replace("tank.img", directory.resolve("tank.img").toString());
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            for (String line : List.of(
                    "import dev.firstboot.zfs.poolimage.*;",
                    "import dev.firstboot.zfs.poolimage.tree.*;",
                    "import java.nio.file.*;",
                    example)) {
                assertThat(shell.eval(line)).allSatisfy(event -> {
                    assertThat(event.exception()).isNull();
                    assertThat(event.status()).as(line).isEqualTo(Status.VALID);
                });
            }
        }

        String said = block("    zdb ")
                .lines()
                .map(line -> line.replaceFirst(" *#.*", "").strip().split(" +"))
                .map(words -> Zdb.run(List.of(words).subList(1, words.length).stream()
                        .map(word -> word.replace("DIR", directory.toString())
                                .replace(
                                        "tank.img",
                                        directory.resolve("tank.img").toString()))
                        .toArray(String[]::new)))
                .collect(joining("\n"));

        assertThat(said).contains("No leaks", "Dataset tank/data [ZPL]", "hello = ", "name: 'tank'");
    }

    /** The indented block whose first line begins in some way. */
    private static String block(String start) throws IOException {
        return Pattern.compile("^" + start + ".*\\n(    .*\\n)*", Pattern.MULTILINE)
                .matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }
}
