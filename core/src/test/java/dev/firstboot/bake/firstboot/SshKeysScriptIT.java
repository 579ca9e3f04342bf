package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeysScriptIT {
    private static final String STAMP = "var/lib/firstboot/done/firstboot.ssh-keys";

    @TempDir
    private Path root;

    private EngineScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new EngineScripts(root);
        Files.createDirectories(scripts.path("etc/ssh"));
    }

    @Test
    void sshKeys_none_areMadeEachWithItsOtherHalf() throws Exception {
        assertThat(scripts.run("ssh-keys")).as(scripts.text("output")).isZero();

        for (String kind : new String[] {"rsa", "ecdsa", "ed25519"}) {
            Path key = scripts.path("etc/ssh/ssh_host_" + kind + "_key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertThat(key).content().startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
            assertThat(scripts.text("etc/ssh/ssh_host_" + kind + "_key.pub")).contains(" AAAA");
        }
        assertThat(scripts.path("etc/ssh/.firstboot")).doesNotExist();
        assertThat(scripts.path(STAMP)).exists();
    }

    @Test
    void sshKeys_powerFailsAnywhere_keepsWhatIsWholeAndEndsWithAll() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path key = scripts.path("etc/ssh/ssh_host_ed25519_key");
        String known = "";
        for (int i = 0; i < 8; i++) {
            Process run = scripts.start("ssh-keys");
            Thread.sleep(random.nextInt(400));
            EngineScripts.kill(run);
            if (Files.exists(key)) {
                assertThat(key).as("seed %d", seed).content().endsWith("-----END OPENSSH PRIVATE KEY-----\n");
                assertThat(Files.readString(key))
                        .as("seed %d", seed)
                        .isEqualTo(known.isEmpty() ? Files.readString(key) : known);
                known = Files.readString(key);
            }
        }
        assertThat(scripts.run("ssh-keys"))
                .as("seed %d: %s", seed, scripts.text("output"))
                .isZero();

        assertThat(key).content().isEqualTo(known.isEmpty() ? Files.readString(key) : known);
        assertThat(scripts.path("etc/ssh")).isDirectoryNotContaining("glob:**.new");
        try (var files = Files.list(scripts.path("etc/ssh"))) {
            assertThat(files).as("seed %d", seed).hasSize(6);
        }
    }
}
