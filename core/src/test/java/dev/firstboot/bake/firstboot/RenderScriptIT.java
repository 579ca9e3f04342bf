package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Template;
import dev.firstboot.image.Template.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java writes as a template, perl reads and renders. */
class RenderScriptIT {
    private static final String AWKWARD = "it's \"a\" \\ $HOME `id` % ä;--";

    @TempDir
    private Path root;

    private EngineScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new EngineScripts(root);
        scripts.put("proc/sys/kernel/hostname", "chat.example.com\n");
        secret("pw", AWKWARD);
    }

    @Test
    void render_textAndFacts_asTheyAre() throws Exception {
        template(Template.builder()
                .text("a: 100% \"ä\"\n\n\tb\n")
                .fact(Fact.HOSTNAME, Escape.NONE)
                .text(" ")
                .fact(Fact.MACHINE_ID, Escape.YAML)
                .text("\n")
                .build());

        assertThat(scripts.run("render")).isZero();

        assertThat(scripts.text("etc/app.conf"))
                .isEqualTo("a: 100% \"ä\"\n\n\tb\nchat \"0123456789abcdef0123456789abcdef\"\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scripts.path("etc/app.conf"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void render_awkwardSecret_staysInItsPlace() throws Exception {
        template(Template.builder()
                .secret("pw", Escape.NONE)
                .text("\n")
                .secret("pw", Escape.YAML)
                .text("\n")
                .secret("pw", Escape.SHELL)
                .text("\n")
                .secret("pw", Escape.SQL)
                .build());

        assertThat(scripts.run("render")).isZero();

        assertThat(scripts.text("etc/app.conf").lines())
                .containsExactly(
                        AWKWARD,
                        "\"it's \\\"a\\\" \\\\ $HOME `id` % ä;--\"",
                        "'it'\\''s \"a\" \\ $HOME `id` % ä;--'",
                        "'it''s \"a\" \\ $HOME `id` % ä;--'");
    }

    @Test
    void render_lineBreak_isEscapedInYamlAndRefusedPlain() throws Exception {
        secret("pw", "a\nb: c");
        template(Template.builder().secret("pw", Escape.YAML).build());
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/app.conf")).isEqualTo("\"a\\u000ab: c\"");

        template(Template.builder().secret("pw", Escape.NONE).build());
        assertThat(scripts.run("render")).isNotZero();
        assertThat(scripts.text("output"))
                .contains("000-app.conf: a value has a line break")
                .doesNotContain("b: c");
        assertThat(scripts.text("etc/app.conf")).isEqualTo("\"a\\u000ab: c\"");
    }

    @Test
    void render_suppliedSecretAbsent_isEmpty() throws Exception {
        template(Template.builder().text("token=").secret("token", Escape.SHELL).build());

        assertThat(scripts.run("render")).isZero();

        assertThat(scripts.text("etc/app.conf")).isEqualTo("token=''");
    }

    @Test
    void render_sameAgain_touchesNothing() throws Exception {
        template(Template.builder().secret("pw", Escape.NONE).build());
        scripts.run("render");
        Files.setLastModifiedTime(scripts.path("etc/app.conf"), FileTime.fromMillis(1000));

        assertThat(scripts.run("render")).isZero();

        assertThat(Files.getLastModifiedTime(scripts.path("etc/app.conf"))).isEqualTo(FileTime.fromMillis(1000));
        assertThat(scripts.text("output")).isEmpty();
    }

    @Test
    void render_directoryThatIsEmptyAtEachBoot_isMadeAgain() throws Exception {
        template(
                "/run/app/conf/secret.conf",
                "root",
                Template.builder().text("x").build());

        assertThat(scripts.run("render")).isZero();

        assertThat(scripts.text("run/app/conf/secret.conf")).isEqualTo("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scripts.path("run/app"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void render_modeChanged_isSetBack() throws Exception {
        template(Template.builder().text("x").build());
        scripts.run("render");
        Files.setPosixFilePermissions(scripts.path("etc/app.conf"), PosixFilePermissions.fromString("rw-rw-rw-"));

        scripts.run("render");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scripts.path("etc/app.conf"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void render_killedAnywhere_fileIsOldOrNew() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String before = "before".repeat(1000);
        String after = "after".repeat(1000);
        scripts.put("etc/app.conf", before);
        template(Template.builder().text(after).build());
        for (int i = 0; i < 40; i++) {
            Process process = scripts.start("render");
            process.waitFor(random.nextInt(40_000), TimeUnit.MICROSECONDS);
            EngineScripts.kill(process);
            assertThat(scripts.text("etc/app.conf")).as("seed %d", seed).isIn(before, after);
            scripts.put("etc/app.conf", before);
        }
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/app.conf")).isEqualTo(after);
    }

    @Test
    void render_trapsInTheWay_overwritesNothingAndIsDone() throws Exception {
        template(Template.builder().text("x").build());
        Path canary = scripts.put("canary", "mine");
        Files.createSymbolicLink(scripts.path("etc/.app.conf.firstboot"), canary);
        Files.createSymbolicLink(scripts.path("etc/app.conf"), canary);
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/app.conf")).isEqualTo("x");

        Files.delete(scripts.path("etc/app.conf"));
        Files.createLink(scripts.path("etc/.app.conf.firstboot"), canary);
        Files.createLink(scripts.path("etc/app.conf"), canary);
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/app.conf")).isEqualTo("x");

        Files.delete(scripts.path("etc/app.conf"));
        Files.createDirectories(scripts.path("etc/.app.conf.firstboot/full"));
        Files.createDirectories(scripts.path("etc/app.conf/full"));
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/app.conf")).isEqualTo("x");
        assertThat(scripts.text("output")).contains("app.conf was in the way; it is app.conf.aside-");

        Files.delete(scripts.path("etc/app.conf"));
        new ProcessBuilder("mkfifo", scripts.path("etc/app.conf").toString())
                .start()
                .waitFor();
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/app.conf")).isEqualTo("x");
        assertThat(scripts.text("canary")).isEqualTo("mine");
    }

    @Test
    void render_directoryOfAnotherUser_isWrittenAsThatUserOnly() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "becomes another user, so it runs as root");
        open(root);
        Path own = Files.createDirectories(scripts.path("etc/own"));
        Path roots = Files.createDirectories(scripts.path("etc/roots"));
        give(own);
        template("/etc/own/app.conf", "nobody", Template.builder().text("x").build());
        assertThat(scripts.run("render")).isZero();
        assertThat(scripts.text("etc/own/app.conf")).isEqualTo("x");
        assertThat(Files.getOwner(scripts.path("etc/own/app.conf")).getName()).isEqualTo("nobody");

        // Nothing is made where another user could have it elsewhere.
        template("/etc/own/new/app.conf", "nobody", Template.builder().text("x").build());
        assertThat(scripts.run("render")).isNotZero();
        assertThat(scripts.path("etc/own/new")).doesNotExist();

        // The user moves the directory and lays a link to one of root's in its place.
        template("/etc/own/sub/app.conf", "nobody", Template.builder().text("y").build());
        give(Files.createSymbolicLink(own.resolve("sub"), roots));
        assertThat(scripts.run("render")).isNotZero();
        assertThat(scripts.text("output")).contains("sub is a link of another user's");
        assertThat(roots).isEmptyDirectory();

        // A file of root's does not belong there: as this user it cannot be made.
        template("/etc/own/app.conf", "root", Template.builder().text("z").build());
        assertThat(scripts.run("render")).isNotZero();
        assertThat(scripts.text("output")).contains("cannot give .app.conf.firstboot to its owner");
        assertThat(scripts.text("etc/own/app.conf")).isEqualTo("x");
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void give(Path path) throws IOException {
        UserPrincipal nobody =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(nobody);
    }

    private void secret(String name, String value) throws IOException {
        scripts.put("var/lib/firstboot/secrets/chat/" + name, value);
    }

    private void template(Template template) throws IOException {
        template("/etc/app.conf", "root", template);
    }

    private void template(String path, String owner, Template template) throws IOException {
        String group = owner.equals("nobody") ? "nogroup" : owner;
        FileEntry file = FileEntry.template(path, template).mode(0640).owner(owner, group);
        scripts.put("usr/lib/firstboot/templates/chat/000-app.conf", TemplateFile.text(file, template));
    }
}
