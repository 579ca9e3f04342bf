package dev.firstboot.bake.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those are told for whom no sandbox can be made, in the surroundings that container engines give. */
class RefusedSandboxIT {
    @TempDir
    Path directory;

    /** Makes a sandbox in the directory given. */
    static final class MakeSandbox {
        public static void main(String[] arguments) throws IOException {
            try {
                Sandbox.create(Path.of(arguments[0]));
                System.out.println("made");
            } catch (ToolException e) {
                System.out.println("refused: " + e.hint());
            }
        }
    }

    @Test
    void create_rootWithoutTheCapability_isToldWhichOneIsMissing() {
        assertThat(make("setpriv", "--bounding-set=-sys_admin"))
                .contains("refused", "CAP_SYS_ADMIN", "--cap-add SYS_ADMIN")
                .doesNotContain("/etc/subuid");
    }

    @Test
    void create_partsOfProcHidden_isToldSo() {
        assertThat(make("unshare", "--mount", "sh", "-euc", "mount -t tmpfs none /proc/acpi; exec \"$@\"", "hidden"))
                .contains("refused", "hides parts of /proc", "systempaths=unconfined");
    }

    @Test
    void create_rightsEnough_isMade() {
        assertThat(make("env")).contains("made");
    }

    private String make(String... surroundings) {
        List<String> words = new ArrayList<>(List.of(surroundings));
        words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MakeSandbox.class.getName()));
        words.add(directory.resolve("sandbox").toString());
        return Tool.of(words.get(0), "util-linux")
                .run()
                .addAll(words.subList(1, words.size()))
                .text();
    }
}
