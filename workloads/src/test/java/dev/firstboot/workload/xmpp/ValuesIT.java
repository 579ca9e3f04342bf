package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.firstboot.image.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an owner may give a chat machine, by the script that the machine asks; it runs with this host's Python. */
class ValuesIT {
    @TempDir
    private Path directory;

    private Path script;

    private record Answer(int status, String value, String reason) {}

    @BeforeEach
    void install() throws IOException {
        script = Files.writeString(directory.resolve("values"), Resources.text(Scripts.class, "values"));
    }

    static Stream<Arguments> typed() {
        return Stream.of(
                arguments("correct horse", "correct horse"),
                arguments("  blanks  ", "  blanks  "),
                arguments("crlf\r\n", "crlf"),
                arguments("no\u00a0break", "no break"),
                arguments("soft\u00adhyphen", "softhyphen"),
                arguments("\u2168", "IX"),
                arguments("cafe\u0301", "caf\u00e9"),
                arguments("\u05d0\u05d1", "\u05d0\u05d1"));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void password_anyoneCanType_isPreparedAsClientsDo(String given, String kept) throws Exception {
        assertThat(ask("password", given)).isEqualTo(new Answer(0, kept, ""));
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                arguments("two\nlines", "a line break or a tab"),
                arguments("tab\there", "a line break or a tab"),
                arguments("return\rhere", "a line break or a tab"),
                arguments("escape\u001bhere", "a line break or a tab"),
                arguments("\ud83e\udd84", "Unicode 3.2"),
                arguments("right\u200fleft", "direction"),
                arguments("\u05d0b", "right to left"),
                arguments("\ue000", "private use"),
                arguments("\u00ad", "nothing is left"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void password_noServerTakes_isRefusedByItsKindAndNeverShown(String given, String reason) throws Exception {
        Answer answer = ask("password", given);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.value()).isEmpty();
        assertThat(answer.reason()).contains(reason).doesNotContain(given);
    }

    @Test
    void password_ofTooManyBytes_isRefused() throws Exception {
        assertThat(ask("password", "x".repeat(1023)).status()).isZero();
        assertThat(ask("password", "x".repeat(1024)).reason()).contains("1023 bytes");
        assertThat(ask("password", "\u00e9".repeat(512)).reason()).contains("1023 bytes");
    }

    @Test
    void password_inLatin1_isRefused() throws Exception {
        assertThat(ask("password", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1))
                        .reason())
                .contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", " 203.0.113.9", "203.0.113.9 \r\n", "\t203.0.113.9"})
    void address_ofIpv4_isKeptWithoutBlanks(String given) throws Exception {
        assertThat(ask("address", given)).isEqualTo(new Answer(0, "203.0.113.9", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::7",
                "::ffff:203.0.113.9",
                "turn.example.com",
                "1.2.3",
                "999.1.1.1",
                "010.1.1.1",
                "203.0.113.9 203.0.113.10",
                "0.0.0.0",
                "127.0.0.1",
                "224.0.0.1",
                "255.255.255.255"
            })
    void address_noClientReaches_isRefused(String given) throws Exception {
        Answer answer = ask("address", given);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.reason()).isNotEmpty().doesNotContain(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "caf\u00e9"})
    void cookie_notForErlang_isRefused(String given) throws Exception {
        assertThat(ask("cookie", "c".repeat(255)).status()).isZero();
        assertThat(ask("cookie", "c".repeat(256)).status()).isEqualTo(1);
        assertThat(ask("cookie", given).reason()).contains("Erlang");
    }

    private Answer ask(String kind, String value) throws IOException, InterruptedException {
        return ask(kind, value.getBytes(StandardCharsets.UTF_8));
    }

    private Answer ask(String kind, byte[] value) throws IOException, InterruptedException {
        Path given = Files.write(directory.resolve("given"), value);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        int status = new ProcessBuilder("python3", script.toString(), kind)
                .redirectInput(given.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Answer(
                status,
                Files.readString(out).replaceFirst("\n$", ""),
                Files.readString(err).strip());
    }
}
