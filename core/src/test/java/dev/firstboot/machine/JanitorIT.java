package dev.firstboot.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
