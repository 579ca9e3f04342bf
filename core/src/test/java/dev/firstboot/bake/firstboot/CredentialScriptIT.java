package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that an owner gives a machine: what is refused, who says so, and what takes its place. */
class CredentialScriptIT {
    private static final String DIRECTORY = "var/lib/firstboot/secrets/chat/";
    private static final String CHECK = "usr/lib/firstboot/checks/chat/password";

    @TempDir
    private Path root;

    private EngineScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new EngineScripts(root);
        scripts.put("usr/lib/firstboot/secrets.list", """
                chat password password 32 root text
                chat line supplied 0 root line
                chat blob supplied 0 root bytes
                """);
        scripts.put(CHECK, """
                #!/bin/sh
                value=$(cat)
                case $value in *bad*) echo 'some words'; echo "it is bad" >&2; exit 1 ;; esac
                printf '%s\\n' "$value" | tr a-z A-Z
                """);
        Files.writeString(scripts.path("console"), "");
    }

    @Test
    void credential_itsCheckRewrites_isKeptAsRewritten() throws Exception {
        credential("password", "good one");

        assertThat(scripts.run("secrets")).isZero();
        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "password")).isEqualTo("GOOD ONE");
        assertThat(scripts.text("output")).isEmpty();
    }

    @Test
    void credential_refusedByItsCheck_isNamedOnTheConsoleAndNothingIsKept() throws Exception {
        credential("password", "a bad word");
        credential("line", "fine");

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("console"))
                .isEqualTo(
                        "\nfirstboot: credential firstboot.chat.password is refused by chat: it is bad; boot the machine with another value\n");
        assertThat(kept()).isEmpty();
        assertThat(scripts.text("output")).doesNotContain("a bad word");
    }

    @Test
    void credential_itsCheckHasMuchToSay_isHeardToTheEnd() throws Exception {
        scripts.put(CHECK, """
                #!/bin/sh
                cat >/dev/null
                head -c 300000 /dev/zero | tr '\\0' x >&2
                printf '\\nit is bad\\n' >&2
                exit 1
                """);
        credential("password", "anything");

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("console")).contains("is refused by chat: it is bad;");
    }

    @Test
    void credential_ofNoSecret_isNamedAndLeftAside() throws Exception {
        credential("pasword", "good");
        scripts.put("run/credentials/@system/firstboot.locale", "C.UTF-8");

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text("console"))
                .isEqualTo(
                        "\nfirstboot: credential firstboot.chat.pasword is left aside: no secret of this image has that name\n");
    }

    @Test
    void credentials_severalRefused_areAllNamed() throws Exception {
        credential("password", "bad");
        credential("line", "two\nlines");

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("console"))
                .contains("firstboot.chat.password is refused by chat: ")
                .contains("firstboot.chat.line is refused by Firstboot: it has a line break inside");
    }

    @Test
    void credential_refusedThenAGoodOne_isTakenAtTheNextBoot() throws Exception {
        credential("password", "bad");
        scripts.run("secrets");
        credential("password", "good");

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "password")).isEqualTo("GOOD");
        assertThat(scripts.text("output")).contains("secret chat/password: taken from its credential");
    }

    @Test
    void credential_anotherBeforeTheMachineWasReady_replacesTheValueAndStepsWorkAgain() throws Exception {
        scripts.run("secrets");
        scripts.put("var/lib/firstboot/done/chat.database", "done");
        // The step of a service that the recipe needs: it knows the password, too.
        scripts.put("var/lib/firstboot/done/postgresql.database-chat", "done");
        scripts.put("var/lib/firstboot/done/firstboot.grow", "done");
        credential("password", "good");

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "password")).isEqualTo("GOOD");
        assertThat(scripts.text("output")).contains("secret chat/password: replaced by its credential");
        assertThat(scripts.path("var/lib/firstboot/done/chat.database")).doesNotExist();
        assertThat(scripts.path("var/lib/firstboot/done/postgresql.database-chat"))
                .doesNotExist();
        assertThat(scripts.path("var/lib/firstboot/done/firstboot.grow")).exists();
    }

    @Test
    void credential_storedUncheckedByAnEarlierImage_isRefusedWhenGivenAgain() throws Exception {
        scripts.put(DIRECTORY + "password", "bad");
        credential("password", "bad");

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("console")).contains("firstboot.chat.password is refused");
    }

    @Test
    void credential_refusedOnceTheMachineWasReady_leavesItAsItWas() throws Exception {
        credential("line", "one");
        scripts.run("secrets");
        scripts.put("var/lib/firstboot/done/ready", "{}\n");
        scripts.put("var/lib/firstboot/done/chat.database", "done");
        credential("line", "two\nlines");
        credential("blob", "new");

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "line")).isEqualTo("one");
        assertThat(scripts.text(DIRECTORY + "blob")).isEqualTo("new");
        assertThat(scripts.text("console"))
                .isEqualTo(
                        "\nfirstboot: credential firstboot.chat.line is refused by Firstboot: it has a line break inside; the machine goes on as it was\n");
        assertThat(scripts.path("var/lib/firstboot/done/chat.database")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"value\n", "value\r\n", "value\r\n\r\n", "value\n\n"})
    void credential_lineBreaksAtItsEnd_areDropped(String given) throws Exception {
        credential("line", given);

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "line")).isEqualTo("value");
    }

    @Test
    void credential_forATemplate_mustBeText() throws Exception {
        Files.createDirectories(scripts.path("run/credentials/@system"));
        byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(scripts.path("run/credentials/@system/firstboot.chat.line"), latin);
        Files.write(scripts.path("run/credentials/@system/firstboot.chat.blob"), latin);

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("console"))
                .contains("firstboot.chat.line is refused by Firstboot: it is not text in UTF-8")
                .doesNotContain("blob");
    }

    @Test
    void check_showsTheValue_itsWordsAreLeftOut() throws Exception {
        scripts.put(CHECK, "#!/bin/sh\necho \"I do not like $(cat)\" >&2\nexit 3\n");
        credential("password", "hunter2");

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("output") + scripts.text("console"))
                .doesNotContain("hunter2")
                .contains("its check says why, but shows the value");
    }

    @Test
    void check_readsNothing_ofAMegabyte_isHeard() throws Exception {
        scripts.put(CHECK, "#!/bin/sh\necho 'too long' >&2\nexit 1\n");
        credential("password", "x".repeat(1 << 20));

        assertThat(scripts.run("secrets")).isEqualTo(1);

        assertThat(scripts.text("console")).contains("firstboot.chat.password is refused by chat: too long");
    }

    @Test
    void check_ofAMegabyte_readsAllOfIt() throws Exception {
        scripts.put(CHECK, "#!/bin/sh\nwc -c\n");
        credential("password", "x".repeat(1 << 20));

        assertThat(scripts.run("secrets")).isZero();

        assertThat(scripts.text(DIRECTORY + "password")).isEqualTo("1048576");
    }

    private void credential(String name, String value) throws IOException {
        scripts.put("run/credentials/@system/firstboot.chat." + name, value);
    }

    private List<Path> kept() throws IOException {
        Path directory = scripts.path(DIRECTORY);
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
