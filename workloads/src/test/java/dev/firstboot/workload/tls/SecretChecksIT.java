package dev.firstboot.workload.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an owner may give a machine for its certificates, by the scripts that the machine asks; they run with this host's Perl. */
class SecretChecksIT {
    @TempDir
    private Path directory;

    private record Answer(int status, String value, String reason) {}

    @ParameterizedTest
    @ValueSource(strings = {"a b", "tok\"en", "tok#en", "one,two", "two\nlines", "d\u00e9j\u00e0", "", "\n"})
    void token_withMoreThanATokenHas_isRefused(String given) throws Exception {
        assertThat(ask("cloudflare-token", "Abc-123_x.y~z+/==\r\n")).isEqualTo(new Answer(0, "Abc-123_x.y~z+/==", ""));
        assertThat(ask("cloudflare-token", given).status()).isNotZero();
        assertThat(ask("cloudflare-token", given).reason()).contains("RFC 6750");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root",
                "ops@example.com\nserver = http://x",
                "o ps@example.com",
                "a@b.cc,d@e.ff",
                "ops@b\u00fc.de",
                "root@localhost"
            })
    void mail_notOneAddress_isRefused(String given) throws Exception {
        assertThat(ask("acme-email", " ops+tls@example.com\n")).isEqualTo(new Answer(0, "ops+tls@example.com", ""));
        assertThat(ask("acme-email", given).status()).isNotZero();
        assertThat(ask("acme-email", given).reason())
                .contains("such as ops@example.com")
                .doesNotContain(given);
    }

    @ParameterizedTest
    @ValueSource(ints = {243, 244})
    void mail_longerThanAnAddressCanBe_isRefused(int length) throws Exception {
        String label = "x".repeat(60) + ".";
        String address = "a@" + (label + label + label + label).substring(0, length) + "example.de";

        assertThat(ask("acme-email", address).status() == 0).isEqualTo(address.length() <= 254);
    }

    private Answer ask(String secret, String given) throws IOException, InterruptedException {
        Recipe tls = Image.builder()
                .name("x")
                .workload(release -> Recipe.builder("site")
                        .need(Tls.certificate("www.example.com"))
                        .build())
                .build()
                .recipes()
                .get(0);
        String check = tls.secrets().stream()
                .filter(one -> one.name().equals(secret))
                .map(Secret::check)
                .findFirst()
                .orElseThrow();
        Path script = Files.writeString(directory.resolve("check"), check);
        Process process = new ProcessBuilder("perl", script.toString()).start();
        process.getOutputStream().write(given.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String value = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String reason = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), value, reason);
    }
}
