package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Unit;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.Readiness;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** First boots of a small site on real packages, in containers: what the machine promises, and what it keeps when the power fails. */
class FirstBootIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String SECRETS = "/var/lib/firstboot/secrets/site/";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Release.class)
    void boot_ofEachRelease_isReadyTwiceAndServes(Release release) throws Exception {
        try (Machine machine = bake(release, SmallSite.recipe()).boot()) {
            Readiness first = machine.awaitReady(SOON);
            assertThat(first.firstBoot()).isTrue();
            assertThat(first.image()).isEqualTo("tiny");
            assertThat(first.probes()).extracting(Readiness.PassedProbe::name).containsExactly("site/page");
            assertThat(SmallSite.page(machine)).isEqualTo("hello\n");
            assertThat(out(machine, "cat", "/var/lib/site/tries")).isEqualTo("1\n2\n");
            assertThat(out(machine, "stat", "-c", "%U:%G %a", "/etc/site.conf")).isEqualTo("root:www-data 640\n");
            assertThat(out(machine, "systemctl", "--failed", "--no-legend")).isEmpty();
            final String secret = out(machine, "cat", SECRETS + "admin");
            final String id = out(machine, "cat", "/etc/machine-id");
            assertThat(out(machine, "cat", "/etc/site.conf"))
                    .contains("'" + secret + "'")
                    .contains(id.strip());

            machine.stop();
            machine.start();
            assertThat(machine.awaitReady(SOON).firstBoot()).isFalse();

            assertThat(out(machine, "cat", SECRETS + "admin")).isEqualTo(secret);
            assertThat(out(machine, "cat", "/etc/machine-id")).isEqualTo(id);
            assertThat(out(machine, "cat", "/var/lib/site/tries")).isEqualTo("1\n2\n");
            assertThat(out(machine, "wc", "-l", "/var/lib/always")).startsWith("2 ");
        }
    }

    @Test
    void boot_withAnSshServerAndAUnitThatFails_hasKeysOfItsOwnAndNamesTheUnit() throws Exception {
        Recipe.Builder recipe = SmallSite.recipe()
                .addPackages("openssh-server", "ssl-cert")
                .addUnit(Unit.named("broken.service")
                        .set("Service", "Type", "oneshot")
                        .set("Service", "ExecStart", "/bin/false")
                        .set("Unit", "Before", "firstboot-probe.service")
                        .set("Install", "WantedBy", "multi-user.target"));
        RootfsArchive archive = bake(Release.DEBIAN_13, recipe);
        try (Machine one = archive.boot();
                Machine two = archive.boot()) {
            assertThat(one.awaitReady(SOON).failedUnits()).containsExactly("broken.service");
            two.awaitReady(SOON);
            awaitTrue(one, "systemctl", "is-active", "ssh.service");
            String keys =
                    out(one, "sh", "-c", "sha256sum /etc/ssh/ssh_host_*_key /etc/ssl/private/ssl-cert-snakeoil.key");
            assertThat(keys.lines())
                    .hasSize(4)
                    .doesNotContainAnyElementsOf(out(
                                    two,
                                    "sh",
                                    "-c",
                                    "sha256sum /etc/ssh/ssh_host_*_key /etc/ssl/private/ssl-cert-snakeoil.key")
                            .lines()
                            .toList());
            assertThat(out(one, "ssh-keyscan", "-t", "ed25519", "127.0.0.1")).contains("ssh-ed25519");
            out(one, "openssl", "x509", "-noout", "-in", "/etc/ssl/certs/ssl-cert-snakeoil.pem");

            one.kill();
            one.start();
            one.awaitReady(SOON);
            assertThat(out(one, "sh", "-c", "sha256sum /etc/ssh/ssh_host_*_key /etc/ssl/private/ssl-cert-snakeoil.key"))
                    .isEqualTo(keys);
        }
    }

    @Test
    void ports_beforeTheProbesPass_areClosed() throws Exception {
        Recipe.Builder recipe = SmallSite.recipe()
                .addPort(Port.tcp(8081, "for the machine itself").loopback())
                .addProbe(Probe.command("told", "/usr/bin/test", "-e", "/run/told"));
        try (Machine machine = bake(Release.DEBIAN_13, recipe).boot()) {
            // The service itself answers: only the machine's firewall is in the way.
            awaitTrue(machine, "curl", "-sf", "http://127.0.0.1/");
            assertThat(machine.run("test", "-e", "/run/firstboot/ready.json").isSuccess())
                    .isFalse();
            assertThat(canConnect(machine.endpoint(80))).isFalse();
            awaitTrue(machine, "sh", "-c", "journalctl -u firstboot-probe | grep 'not ready: site/told'");
            out(machine, "touch", "/run/told");
            machine.awaitReady(SOON);

            assertThat(SmallSite.page(machine)).isEqualTo("hello\n");
            assertThat(out(machine, "curl", "-sf", "http://127.0.0.1:8081/")).isEqualTo("hello\n");
            assertThat(canConnect(machine.endpoint(8081))).isFalse();
        }
    }

    @Test
    void machines_fromOneImage_shareNothingAndTakeCredentials() throws Exception {
        RootfsArchive archive = bake(Release.DEBIAN_13, SmallSite.recipe());
        try (Machine one = archive.boot();
                Machine two = archive.bootBuilder()
                        .addCredential(Credential.of("firstboot.site.admin", "from its owner"))
                        .addCredential(Credential.of("firstboot.site.token", "t0ken\n"))
                        .start()) {
            one.awaitReady(SOON);
            two.awaitReady(SOON);

            assertThat(out(two, "cat", SECRETS + "admin")).isEqualTo("from its owner");
            assertThat(out(two, "cat", SECRETS + "token")).isEqualTo("t0ken");
            assertThat(out(one, "ls", SECRETS)).isEqualTo("admin\nkey\n");
            assertThat(out(one, "cat", SECRETS + "key")).isNotEqualTo(out(two, "cat", SECRETS + "key"));
            assertThat(out(one, "cat", "/etc/machine-id")).isNotEqualTo(out(two, "cat", "/etc/machine-id"));
            assertThat(out(two, "cat", "/etc/site.conf")).contains("'from its owner'");
        }
    }

    @Test
    void bake_secretAmongTheFiles_failsAndLeavesNothing() {
        Recipe.Builder recipe = SmallSite.recipe()
                .addFile(FileEntry.text("/root/.netrc", "machine example.com login joe password hunter2\n"));

        assertThatThrownBy(() -> bake(Release.DEBIAN_13, recipe))
                .isInstanceOf(BakeException.class)
                .hasMessageContaining(Steps.CONFIGURE)
                .hasMessageContaining("/root/.netrc holds a password")
                .hasMessageNotContaining("hunter2");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void power_failsAnywhere_endsReadyWithOneSetOfSecrets() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RootfsArchive archive = bake(Release.DEBIAN_13, SmallSite.recipe());
        try (Machine machine = archive.boot()) {
            String known = "";
            for (int i = 0; i < 6; i++) {
                Thread.sleep(300 + random.nextInt(2500));
                machine.kill();
                machine.start();
                String now = machine.run("cat", SECRETS + "admin").output();
                if (!known.isEmpty()) {
                    assertThat(now).as("seed %d", seed).isEqualTo(known);
                }
                known = now.length() == 32 ? now : known;
            }
            machine.awaitReady(SOON);

            String secret = out(machine, "cat", SECRETS + "admin");
            assertThat(secret)
                    .as("seed %d", seed)
                    .matches("[A-Za-z0-9]{32}")
                    .isEqualTo(known.isEmpty() ? secret : known);
            assertThat(out(machine, "cat", "/etc/site.conf"))
                    .as("seed %d", seed)
                    .contains("'" + secret + "'");
            assertThat(out(machine, "tail", "-n", "1", "/var/lib/site/tries")).isEqualTo("2\n");
            assertThat(SmallSite.page(machine)).isEqualTo("hello\n");
        }
    }

    private RootfsArchive bake(Release release, Recipe.Builder recipe) {
        Image image = Image.builder()
                .name("tiny")
                .release(release)
                .recipe(recipe.build())
                .build();
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            return bakery.bake(
                    image, RootfsTar.to(directory.resolve("tiny.tar")).replaceExisting());
        }
    }

    private static String out(Machine machine, String... command) {
        return machine.run(command).check().output();
    }

    private static void awaitTrue(Machine machine, String... command) throws InterruptedException {
        for (int i = 0; i < 120 && !machine.run(command).isSuccess(); i++) {
            Thread.sleep(500);
        }
        out(machine, command);
    }

    private static boolean canConnect(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
