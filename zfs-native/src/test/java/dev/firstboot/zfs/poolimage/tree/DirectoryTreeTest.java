package dev.firstboot.zfs.poolimage.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTreeTest {
    /** Names that are no ASCII, and some that are no UTF-8 either. */
    private static final String MAKE = """
            set -e
            cd "$1"
            e=$(printf '\\303\\251') u=$(printf '\\303\\274') bad=$(printf 'b%%41\\377')
            mkdir "$e" "$u" "d$bad"
            printf 1 >"$e/f"; printf 2 >"$u/f"; printf 3 >"d$bad/$bad"
            ln "d$bad/$bad" "z$bad"
            ln -s "$u/$bad" l1; ln -s "/tmp/$e/" l2; ln -s etc l3; ln -s "../$e//x/" l4; ln -s "//$bad" l5; ln -s . l6
            """;

    @TempDir
    Path directory;

    private String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String show(String locale) throws Exception {
        return run(
                Map.of("LC_ALL", locale),
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ShownTree.class.getName(),
                directory.toString());
    }

    private static String hex(String bytes) {
        return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void walk_inAnyLocale_tellsTheKernelsBytes(String locale) throws Exception {
        run(Map.of(), "sh", "-c", MAKE, "sh", directory.toString());
        String e = "\u00c3\u00a9";
        String u = "\u00c3\u00bc";
        String bad = "b%41\u00ff";
        assertThat(show(locale).lines())
                .containsExactlyInAnyOrder(
                        "DIRECTORY   ",
                        "DIRECTORY " + hex(e) + "  ",
                        "DIRECTORY " + hex(u) + "  ",
                        "DIRECTORY " + hex("d" + bad) + "  ",
                        "REGULAR " + hex(e + "/f") + "  1",
                        "REGULAR " + hex(u + "/f") + "  2",
                        "REGULAR " + hex("d" + bad + "/" + bad) + "  3",
                        "HARD_LINK " + hex("z" + bad) + " " + hex("d" + bad + "/" + bad) + " ",
                        "SYMLINK " + hex("l1") + " " + hex(u + "/" + bad) + " ",
                        "SYMLINK " + hex("l2") + " " + hex("/tmp/" + e + "/") + " ",
                        "SYMLINK " + hex("l3") + " " + hex("etc") + " ",
                        "SYMLINK " + hex("l4") + " " + hex("../" + e + "//x/") + " ",
                        "SYMLINK " + hex("l5") + " " + hex("//" + bad) + " ",
                        "SYMLINK " + hex("l6") + " " + hex(".") + " ");
    }

    @Test
    void walk_afterAFileWasRead_tellsTheSameAsBefore() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "content");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(2000)));
        List<FileTimes> told = new ArrayList<>();
        for (int accessed : new int[] {1000, 3000}) {
            Files.setAttribute(file, "lastAccessTime", FileTime.from(Instant.ofEpochSecond(accessed)));
            DirectoryTree.of(file.getParent()).walk((entry, content) -> {
                if (entry.type() == FileType.REGULAR) {
                    told.add(entry.times());
                }
            });
        }
        assertThat(told).extracting(FileTimes::accessed).containsOnly(Instant.ofEpochSecond(2000));
    }
}
