package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.InvalidImageException;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.Readiness;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tour of Firstboot in five minutes: read it from top to bottom. It runs as it stands, in a container, as part of {@code ./dev test}.
 */
class TutorialIT {
    @Test
    void tour(@TempDir Path directory) throws Exception {
        // A workload says what a service consists of. This one is a page behind NGINX: a package of Debian, two
        // files, a port and a probe. You find it in StaticSite.java; it has one method. Nothing is installed yet.
        // An image is a value, and build() only looks whether everything fits together.
        Image site = Image.builder()
                .name("site")
                .workload(new StaticSite("Baked, not installed\n"))
                .build();

        // What does not fit is reported at once, and all of it together. Here two workloads want the same port.
        assertThatThrownBy(() -> site.toBuilder()
                        .workload(release -> Recipe.builder("other")
                                .addPort(Port.tcp(80, "another site"))
                                .build())
                        .build())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("port 80/tcp is claimed by both site and other");

        // An image can be saved, sent and compared. Its JSON is a format of its own: it stays readable when classes
        // are renamed.
        assertThat(Image.fromJson(site.toJson())).isEqualTo(site);

        // A machine needs secrets, and an image must have none: it may be copied, published and booted a hundred
        // times. So a recipe only names a secret. Each machine makes its own at first boot, and writes it into the
        // files that need it.
        Image guarded = site.toBuilder()
                .workload(release -> Recipe.builder("guard")
                        .addSecret(Secret.password("token", 24))
                        .addFile(FileEntry.template(
                                        "/etc/guard/token",
                                        Template.builder()
                                                .text("token=")
                                                .secret("token", Escape.NONE)
                                                .text("\n")
                                                .build())
                                .mode(0600))
                        .build())
                .build();

        // A target says what to make and where: a bootable disk, or a tar archive for containers. The plan lists
        // the steps, each with a digest of everything that decides its result. Printing it is the dry run.
        BakePlan plan = guarded.plan(RootfsTar.to(directory.resolve("site.tar")));
        assertThat(plan.toString()).contains("rootfs", "configure", "archive");
        assertThat(guarded.plan(Disk.qcow2(directory.resolve("site.qcow2"))).toString())
                .contains("modules", "disk");

        // The bakery carries a plan out. It keeps the result of each step: if you bake the same image again, it
        // takes about a second.
        RootfsArchive archive;
        try (Bakery bakery = Bakery.create()) {
            archive = bakery.bake(guarded, RootfsTar.to(directory.resolve("site.tar")));
        }

        // The manifest beside the archive says what is inside, to the version of each package.
        assertThat(Manifest.readFor(archive.path()).packages()).containsKey("nginx-light");

        // Boot it. awaitReady() returns when the machine's own probe has passed: somebody asked for the page, and
        // got it. Until then its ports are closed.
        try (Machine machine = archive.boot()) {
            Readiness ready = machine.awaitReady();
            assertThat(ready.firstBoot()).isTrue();
            assertThat(ready.probes()).extracting(Readiness.PassedProbe::name).containsExactly("site/page");
            assertThat(page(machine)).isEqualTo("Baked, not installed\n");

            // Commands run as root inside. Each word is an argument of its own; no shell reads them.
            CommandResult token = machine.run("cat", "/etc/guard/token").check();
            assertThat(token.output()).matches("token=[A-Za-z0-9]{24}\n");

            // Pull the plug, and switch it on again. What the machine made at first boot is kept: it is the same
            // machine.
            machine.kill();
            machine.start();
            assertThat(machine.awaitReady().firstBoot()).isFalse();
            assertThat(machine.run("cat", "/etc/guard/token").output()).isEqualTo(token.output());
        }

        // Another machine of the same image has another token, unless its owner supplies one. A credential reaches
        // the machine without passing through the image, a command line or a log.
        try (Machine machine = archive.bootBuilder()
                .addCredential(Credential.of("firstboot.guard.token", "chosen-by-the-owner"))
                .start()) {
            machine.awaitReady();
            assertThat(machine.run("cat", "/etc/guard/token").output()).isEqualTo("token=chosen-by-the-owner\n");
        }

        // That was the whole way: image, plan, bake, artifact, machine. For a disk write Disk.qcow2(...) where
        // RootfsTar.to(...) stands; the rest stays as it is. The machine then runs its own kernel, on ZFS.
        // Notes.java goes on from here: a program with a database, behind a site with a certificate.
    }

    private static String page(Machine machine) throws IOException, InterruptedException {
        InetSocketAddress site = machine.endpoint(80);
        URI uri = URI.create("http://" + site.getAddress().getHostAddress() + ":" + site.getPort() + "/");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
