package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Template;
import dev.firstboot.image.Template.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
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

    private void secret(String name, String value) throws IOException {
        scripts.put("var/lib/firstboot/secrets/chat/" + name, value);
    }

    private void template(Template template) throws IOException {
        FileEntry file = FileEntry.template("/etc/app.conf", template).mode(0640);
        scripts.put("usr/lib/firstboot/templates/chat/000-app.conf", TemplateFile.text(file, template));
    }
}
