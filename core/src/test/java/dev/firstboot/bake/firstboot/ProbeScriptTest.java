package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Probe;
import dev.firstboot.image.UnixPath;
import org.junit.jupiter.api.Test;

class ProbeScriptTest {
    @Test
    void text_command_isQuotedAndLimited() {
        assertThat(ProbeScript.text(Probe.command("login", "/usr/bin/check", "it's", "--fast")))
                .isEqualTo("#!/bin/sh\nexec timeout --kill-after=5 30 /usr/bin/check 'it'\\''s' --fast\n");
    }

    @Test
    void text_tls_asksAsOpensslWantsIt() {
        Probe tls = new Probe.Tls(
                "s2s",
                5269,
                Probe.StartTls.XMPP_SERVER,
                DomainName.of("chat.example.com"),
                UnixPath.of("/etc/ssl/chat/ca.pem"));

        assertThat(ProbeScript.text(tls))
                .contains("openssl s_client -brief -connect 127.0.0.1:5269 -starttls xmpp-server -name chat.example.com"
                        + " -servername chat.example.com")
                .contains("-verify_return_error -verify_hostname chat.example.com -CAfile /etc/ssl/chat/ca.pem");
    }

    @Test
    void text_http_goesToLoopbackAndChecksTheStatus() {
        assertThat(ProbeScript.text(Probe.http("web", "https://chat.example.com/admin?a=b&c", 401)))
                .contains("--connect-to ::127.0.0.1: --cacert /etc/ssl/certs/ca-certificates.crt")
                .contains("'https://chat.example.com/admin?a=b&c'")
                .contains("[ \"$status\" = 401 ]");
    }
}
