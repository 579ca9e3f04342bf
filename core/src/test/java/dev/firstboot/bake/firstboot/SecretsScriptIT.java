package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsScriptIT {
    private static final String DIRECTORY = "var/lib/firstboot/secrets/chat/";

    @TempDir
    private Path root;

    private EngineScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new EngineScripts(root);
        scripts.put("usr/lib/firstboot/secrets.list", """
                chat db-password password 32 root text
                chat key hex 16 root bytes
                chat token supplied 0 root line
                """);
    }

    @Test
    void secrets_firstBoot_makesEachOfItsKind() throws Exception {
        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "db-password")).matches("[A-Za-z0-9]{32}");
        assertThat(scripts.text(DIRECTORY + "key")).matches("[0-9a-f]{32}");
        assertThat(scripts.path(DIRECTORY + "token")).doesNotExist();
        assertThat(permissions(DIRECTORY + "key")).isEqualTo("rw-------");
        assertThat(permissions(DIRECTORY)).isEqualTo("rwx--x--x");
        assertThat(scripts.text("output")).doesNotContain(scripts.text(DIRECTORY + "key"));
    }

    @Test
    void secrets_everyLength_isExact() throws Exception {
        StringBuilder list = new StringBuilder();
        for (int length = 16; length <= 1024; length += 63) {
            list.append("chat p")
                    .append(length)
                    .append(" password ")
                    .append(length)
                    .append(" root bytes\n");
        }
        scripts.put("usr/lib/firstboot/secrets.list", list.toString());

        assertThat(scripts.run("secrets")).isZero();

        for (int length = 16; length <= 1024; length += 63) {
            assertThat(scripts.text(DIRECTORY + "p" + length)).matches("[A-Za-z0-9]{" + length + "}");
        }
    }

    @Test
    void secrets_secondBoot_changesNothing() throws Exception {
        scripts.run("secrets");
        scripts.put("var/lib/firstboot/done/ready", "{}\n");
        Map<String, String> before = all();
        credential("db-password", "another one");

        assertThat(scripts.run("secrets")).isZero();

        assertThat(all()).isEqualTo(before);
        assertThat(scripts.text("output")).isEmpty();
    }

    @Test
    void secrets_twoMachines_shareNone() throws Exception {
        scripts.run("secrets");
        Map<String, String> first = all();
        Files.delete(scripts.path(DIRECTORY + "key"));
        Files.delete(scripts.path(DIRECTORY + "db-password"));
        scripts.run("secrets");

        assertThat(all().values()).doesNotContainAnyElementsOf(first.values());
    }

    @Test
    void secrets_credential_isTakenWithoutItsLineBreak() throws Exception {
        credential("db-password", "given by \"the\" owner\n");
        credential("token", "t0ken\n");

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "db-password")).isEqualTo("given by \"the\" owner");
        assertThat(scripts.text(DIRECTORY + "token")).isEqualTo("t0ken");
        assertThat(permissions(DIRECTORY + "token")).isEqualTo("rw-------");
        assertThat(scripts.text("output")).doesNotContain("t0ken");
    }

    @Test
    void secrets_suppliedAnew_followsAndStays() throws Exception {
        credential("token", "one");
        scripts.run("secrets");
        credential("token", "two");
        scripts.run("secrets");
        assertThat(scripts.text(DIRECTORY + "token")).isEqualTo("two");

        Files.delete(scripts.path("run/credentials/@system/firstboot.chat.token"));
        scripts.run("secrets");
        assertThat(scripts.text(DIRECTORY + "token")).isEqualTo("two");
    }

    @Test
    void secrets_killedAnywhere_neverLeavesHalfOneOrChangesOne() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            list.append("chat s").append(i).append(" password 64 root bytes\n");
        }
        scripts.put("usr/lib/firstboot/secrets.list", list.toString());
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            Process process = scripts.start("secrets");
            process.waitFor(random.nextInt(60_000), TimeUnit.MICROSECONDS);
            EngineScripts.kill(process);
            all().forEach((name, value) -> {
                assertThat(value).as("%s, seed %d", name, seed).matches("[A-Za-z0-9]{64}");
                assertThat(known.putIfAbsent(name, value))
                        .as("%s, seed %d", name, seed)
                        .isIn(null, value);
            });
        }
        assertThat(scripts.run("secrets")).isZero();
        assertThat(all()).hasSize(12).containsAllEntriesOf(known);
    }

    private void credential(String name, String value) throws IOException {
        scripts.put("run/credentials/@system/firstboot.chat." + name, value);
    }

    private Map<String, String> all() throws IOException {
        Map<String, String> all = new HashMap<>();
        Path directory = scripts.path(DIRECTORY);
        if (Files.exists(directory)) {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    if (!file.getFileName().toString().startsWith(".")) {
                        all.put(file.getFileName().toString(), Files.readString(file));
                    }
                }
            }
        }
        return all;
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(scripts.path(file)));
    }

    @Test
    void scripts_always_areShellThatDashReads() throws Exception {
        for (String name : List.of("lib.sh", "firewall", "run-step", "stamp", "probe")) {
            Process check = new ProcessBuilder(
                            "sh",
                            "-n",
                            scripts.path("usr/lib/firstboot/" + name).toString())
                    .inheritIO()
                    .start();
            assertThat(check.waitFor()).as(name).isZero();
        }
    }
}
