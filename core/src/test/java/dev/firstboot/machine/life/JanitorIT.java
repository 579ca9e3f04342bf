package dev.firstboot.machine.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the janitor leaves alone, in a mount namespace of the test's own. */
class JanitorIT {
    /** Arguments: the janitor's script, its directory, the directory to bind into it. */
    private static final String SCRIPT = """
            sh -c "$0" janitor "$1" '' '' '' '' '' >"$2/said" &
            until [ -s "$2/said" ]; do sleep 0.05; done
            mkdir "$1/bound" "$1/own"
            [ -z "$3" ] || mount --bind "$2" "$1/bound"
            kill $!
            wait $!
            cat "$2/canary"
            [ -d "$1/own" ] && echo left || echo removed
            """;

    @TempDir
    Path directory;

    private String tidyUp(boolean mounted) throws IOException {
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Files.writeString(precious.resolve("canary"), "alive\n");
        return Tool.of("unshare", "util-linux")
                .run("--mount", "sh", "-euc", SCRIPT, Resources.text(Janitor.class, "janitor.sh"))
                .add(directory.resolve("work").toString(), precious.toString(), mounted ? "mounted" : "")
                .text();
    }

    @Test
    void tidy_nothingMounted_removesTheDirectory() throws IOException {
        assertThat(tidyUp(false)).isEqualTo("alive\nremoved\n");
    }

    @Test
    void tidy_directoryOfTheSameFileSystemIsMountedInside_leavesAll() throws IOException {
        assertThat(tidyUp(true)).isEqualTo("alive\nleft\n");
    }

    /** Arguments: the janitor's script, its directory, the ids to take. */
    private static final String TAKING = """
            sh -c "$0" janitor "$1" '' '' '' '' "$2" '' >"$1.said" 2>&1 &
            until [ -s "$1.said" ]; do sleep 0.05; done
            cat "$1.said"
            ls -d "$2"
            kill $! || :
            wait $! || :
            ls -d "$2" 2>/dev/null || echo free
            """;

    private String take(Path ids) {
        return Tool.of("sh", "dash")
                .run("-euc", TAKING, Resources.text(Janitor.class, "janitor.sh"))
                .add(directory.resolve("work").toString(), ids.toString())
                .text();
    }

    @Test
    void ids_free_areTakenAndGivenBack() {
        Path ids = directory.resolve("ids");
        assertThat(take(ids)).isEqualTo("ready\n" + ids + "\nfree\n");
    }

    @Test
    void ids_whichSomebodyElseHas_areLeftToThem() throws IOException {
        Path ids = Files.createDirectory(directory.resolve("ids"));
        assertThat(take(ids)).contains("somebody else took these ids").endsWith(ids + "\n" + ids + "\n");
        assertThat(directory.resolve("work")).doesNotExist();
    }

    /** Arguments: the janitor's script, its directory. */
    private static final String TALKING = """
            sh -c "$0" janitor "$1" '' '' '' '' '' >"$1.said" &
            until [ -s "$1.said" ]; do sleep 0.05; done
            head -c 50M /dev/urandom >"$1/console.log"
            printf '\\nlast words\\n' >>"$1/console.log"
            left=100
            while [ "$left" -gt 0 ] && [ "$(du -k "$1/console.log" | cut -f 1)" -gt 20000 ]; do sleep 0.2; left=$((left - 1)); done
            du -k "$1/console.log" | cut -f 1
            stat -c %s "$1/console.log"
            tail -n 1 "$1/console.log"
            kill $!
            wait $!
            """;

    @Test
    void console_ofAMachineThatTalksWithoutEnd_takesABoundedPartOfTheDisk() {
        List<String> seen = Tool.of("sh", "dash")
                .run("-euc", TALKING, Resources.text(Janitor.class, "janitor.sh"))
                .add(directory.resolve("work").toString())
                .text()
                .lines()
                .toList();
        assertThat(Integer.parseInt(seen.get(0))).isBetween(16 << 10, 20_000);
        assertThat(Long.parseLong(seen.get(1))).isEqualTo((50 << 20) + "\nlast words\n".length());
        assertThat(seen.get(2)).isEqualTo("last words");
    }
}
