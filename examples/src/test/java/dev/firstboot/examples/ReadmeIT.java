package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README and the page on updates show, typed into a JShell from top to bottom: it bakes, boots and asks. Only places and addresses are others. The
 * disk is booted with the image of another kernel and ZFS, that of the first image by {@link JShellIT}; what the README shows of types of one's own by {@link
 * TutorialIT} and {@link NotesIT}.
 */
class ReadmeIT {
    private static final Path TRACKER = Path.of("../core/src/test/resources/dev/firstboot/bake/site-tracker.json");

    @TempDir
    Path directory;

    /** The README's places and addresses, and what is there instead. */
    private Map<String, String> places() {
        return Map.of(
                "\"chat.qcow2\"", "\"" + directory + "/chat.qcow2\"",
                "\"chat.raw\"", "\"" + directory + "/chat.raw\"",
                "\"chat.tar\"", "\"" + directory + "/chat.tar\"",
                "\"tracker.json\"", "\"" + directory + "/tracker.json\"",
                ".cacheDirectory(Path.of(\"/var/cache/firstboot\"))", "",
                ".mirror(URI.create(\"https://mirror.example.com/debian\"))", "");
    }

    private String placed(String block) {
        String placed = block;
        for (Map.Entry<String, String> place : places().entrySet()) {
            placed = placed.replace(place.getKey(), place.getValue());
        }
        return placed;
    }

    @Test
    void statements_fromTopToBottom_bakeBootAndTell() throws IOException {
        List<String> blocks = Snippets.statements(Snippets.README);
        Files.copy(TRACKER, directory.resolve("tracker.json"));
        try (Shell shell = new Shell()) {
            // So that one boot tries both.
            Snippets.in(blocks, "Image newer = ").forEach(shell::typeAll);
            for (String block : blocks) {
                shell.typeAll(placed(
                        block.contains("disk.boot()")
                                ? block.replace("bake(chat, ", "bake(newer, ")
                                        .replace("Readiness ready = machine.awaitReady();", """
                                            Readiness ready = machine.awaitReady();
                                            String kernel = machine.run("uname", "-r").output();
                                            String zfs = machine.run("zfs", "version").output();
                                            Files.writeString(Path.of("%s/said"), kernel + zfs + ready);
                                            """.formatted(directory))
                                : block));
            }

            assertThat(Files.readString(directory.resolve("said")))
                    .containsPattern("^\\d[\\w.+]*-amd64\n")
                    .contains("zfs-2.4.", "zfs-kmod-2.4.", "ready")
                    .doesNotContain("cloud");
            assertThat(shell.type("same.equals(chat)")).isEqualTo("true");
            assertThat(shell.type("manifest.advisories(Path.of(\"" + directory + "/tracker.json\"))"))
                    .contains("CVE-2026-9001");
            assertThat(shell.type("careful")).isNotBlank();
            updates(shell);
        }
        assertThat(directory.resolve("chat.raw")).isNotEmptyFile();
        assertThat(directory.resolve("chat.tar")).isNotEmptyFile();
    }

    /** Debian's own tracker and archive of old packages are not asked: the one is replaced by a copy, and the other only named. */
    private void updates(Shell shell) {
        shell.type("import java.util.*");
        for (String block : Snippets.statements(Snippets.UPDATES)) {
            shell.typeAll(placed(block)
                    .replace("SecurityTracker.debian());", "Path.of(\"" + directory + "/tracker.json\"));"));
        }
        assertThat(shell.type("open.equals(same)")).isEqualTo("true");
    }
}
