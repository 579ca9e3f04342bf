package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeLoopIT {
    @TempDir
    private Path root;

    private EngineScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new EngineScripts(root);
        scripts.put("usr/lib/firstboot/image", "tiny\n");
        scripts.put("usr/lib/firstboot/units", "firstboot-secrets.service\n");
        scripts.put("usr/lib/firstboot/ports", "tcp 80 open web\nudp 53 open names\ntcp 5280 loopback inside\n");
        scripts.put("bin/sleep", "#!/bin/sh\n");
        scripts.put("bin/systemd-detect-virt", "#!/bin/sh\nexit 1\n");
        scripts.put("bin/systemctl", "#!/bin/sh\nexit 1\n");
        scripts.put("bin/nft", "#!/bin/sh\ncat >> " + root + "/rules\n");
        Files.writeString(scripts.path("console"), "");
    }

    @Test
    void probe_oneFailsFirst_readyWhenAllPassInOneRound() throws Exception {
        probe(
                "chat/login",
                "echo x >> " + root + "/rounds; [ \"$(wc -l < " + root + "/rounds)\" -ge 3 ] || { echo no; exit 1; }");
        probe("chat/web", "true");
        scripts.put("usr/lib/firstboot/probes.list", "chat/web\nchat/login\n");

        assertThat(scripts.run("probe")).isZero();

        String line = "{\"firstboot\":\"ready\",\"image\":\"tiny\",\"firstBoot\":true,\"seconds\":12.34,\"probes\":["
                + "{\"name\":\"chat/web\",\"seconds\":0.00},{\"name\":\"chat/login\",\"seconds\":0.00}],\"failedUnits\":[]}\n";
        assertThat(scripts.text("console")).isEqualTo("\n" + line);
        assertThat(scripts.text("run/firstboot/ready.json")).isEqualTo(line);
        assertThat(scripts.text("output")).contains("not ready: chat/login: no");
        assertThat(scripts.text("rules"))
                .isEqualTo("add element inet firstboot tcp_open { 80 }\nadd element inet firstboot udp_open { 53 }\n");
    }

    @Test
    void probe_secondBoot_saysSo() throws Exception {
        scripts.put("usr/lib/firstboot/probes.list", "");
        scripts.run("probe");
        scripts.run("probe");

        assertThat(scripts.text("run/firstboot/ready.json"))
                .contains("\"firstBoot\":false")
                .contains("\"probes\":[]");
    }

    @Test
    void probe_otherUnitsFailed_isReadyAndNamesThem() throws Exception {
        scripts.put("usr/lib/firstboot/probes.list", "");
        scripts.put("bin/systemctl", """
                #!/bin/sh
                [ "$1" = list-units ] || exit 1
                echo 'other.service             loaded failed failed Something else'
                echo 'srv-two\\x20words.mount loaded failed failed /srv/two words'
                """);

        assertThat(scripts.run("probe")).isZero();

        assertThat(scripts.text("run/firstboot/ready.json"))
                .contains("\"failedUnits\":[\"other.service\",\"srv-two\\\\x20words.mount\"]");
        assertThat(scripts.text("output")).contains("failed all the same: \"other.service\"");
    }

    @Test
    void probe_aUnitFailed_waitsAndNamesIt() throws Exception {
        scripts.put("usr/lib/firstboot/probes.list", "");
        scripts.put(
                "bin/systemctl",
                "#!/bin/sh\necho x >> " + root + "/asked; [ \"$1\" != list-units ] && [ \"$(wc -l < " + root
                        + "/asked)\" -le 2 ]\n");

        assertThat(scripts.run("probe")).isZero();

        assertThat(scripts.text("output")).contains("not ready: firstboot-secrets.service: failed; see 'journalctl");
    }

    @Test
    void probe_portsCannotBeOpened_isNotReady() throws Exception {
        scripts.put("usr/lib/firstboot/probes.list", "");
        scripts.put(
                "bin/nft", "#!/bin/sh\necho x >> " + root + "/tries; [ \"$(wc -l < " + root + "/tries)\" -ge 3 ]\n");

        assertThat(scripts.run("probe")).isZero();

        assertThat(scripts.text("tries").lines()).hasSize(3);
        assertThat(scripts.text("output")).contains("not ready: firewall: the open ports cannot be opened");
    }

    private void probe(String name, String script) throws IOException {
        scripts.put("usr/lib/firstboot/probes/" + name, "#!/bin/sh\n" + script + "\n");
    }
}
