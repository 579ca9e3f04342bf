package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepScriptsIT {
    @TempDir
    private Path root;

    private EngineScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new EngineScripts(root);
        // No test waits for real pauses, and the host's own virtualisation is of no meaning.
        scripts.put("bin/sleep", "#!/bin/sh\necho \"$@\" >> " + root + "/slept\n");
        scripts.put("bin/systemd-detect-virt", "#!/bin/sh\nexit 1\n");
    }

    @Test
    void runStep_failsTwice_triesUntilItSucceeds() throws Exception {
        step("echo try >> " + root + "/tries; [ \"$(wc -l < " + root + "/tries)\" -ge 3 ]");

        assertThat(scripts.run("run-step", "chat", "init", "60")).isZero();

        assertThat(scripts.text("tries").lines()).hasSize(3);
        assertThat(scripts.text("slept").lines()).containsExactly("1", "2");
        assertThat(scripts.text("output"))
                .contains("step chat/init: failed with status 1; trying again in 1 s")
                .endsWith("step chat/init: done\n");
    }

    @Test
    void runStep_takesTooLong_isEndedAndTriedAgain() throws Exception {
        step("[ -e " + root + "/once ] || { touch " + root + "/once; exec /bin/sleep 60; }");

        assertThat(scripts.run("run-step", "chat", "init", "1")).isZero();

        assertThat(scripts.text("output")).contains("took longer than 1 s");
    }

    @Test
    void stamp_always_isWholeOrAbsent() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            Process process = scripts.start("stamp", "chat", "init");
            process.waitFor(random.nextInt(20_000), TimeUnit.MICROSECONDS);
            EngineScripts.kill(process);
            Path stamp = scripts.path("var/lib/firstboot/done/chat.init");
            if (Files.exists(stamp)) {
                assertThat(Files.readString(stamp)).matches("2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\n");
            }
        }
        assertThat(scripts.run("stamp", "chat", "init")).isZero();
        assertThat(scripts.path("var/lib/firstboot/done/chat.init")).exists();
    }

    private void step(String script) throws IOException {
        scripts.put("usr/lib/firstboot/steps/chat/init", "#!/bin/sh\n" + script + "\n");
    }
}
