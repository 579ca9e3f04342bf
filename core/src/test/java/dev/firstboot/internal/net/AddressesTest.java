package dev.firstboot.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://deb.debian.org/debian",
                "https://[2001:db8::1]:8443/debian",
                "file:/srv/debian",
                "file:///srv/debian"
            })
    void archive_ofAKindThatAptReads_isTaken(String text) {
        assertThat(Addresses.archive("mirror", URI.create(text))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deb.debian.org/debian",
                "localhost:3142/debian",
                "ftp://example.com/debian",
                "http:/debian",
                "/srv/debian"
            })
    void archive_other_isRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Addresses.archive("mirror", URI.create(text)))
                .withMessageContainingAll("mirror '" + text + "'", "https://deb.debian.org/debian");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@example.com/debian", "https://secret@example.com/debian"})
    void archive_withAPassword_isRefusedWithoutShowingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Addresses.archive("securityMirror", URI.create(text)))
                .withMessageContaining("securityMirror holds a password")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret@"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://proxy.example.com:3128", "http://127.0.0.1:3142/", "http://user:secret@proxy.example.com"
            })
    void proxy_ofHttp_isTaken(String text) {
        assertThat(Addresses.proxy(URI.create(text))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:3128", "proxy.example.com", "socks5://localhost:1080", "http:3128"})
    void proxy_other_isRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Addresses.proxy(URI.create(text)))
                .withMessageContaining("http://proxy.example.com:3128");
    }
}
