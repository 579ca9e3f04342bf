package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ServerTrust;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody has the key of a machine's authority, which clients trust, and wants to be more than this machine. */
class AuthorityIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final String FILE = "/run/issued.pem";
    private static final String SERVER = "extendedKeyUsage=serverAuth";
    private static final String GOOD = "subjectAltName=DNS:room.chat.example.com";

    /** Names it must not vouch for. */
    private static final List<String> FOREIGN = List.of(
            "subjectAltName=DNS:bank.example",
            "subjectAltName=DNS:example.com",
            "subjectAltName=IP:192.0.2.1",
            "subjectAltName=IP:2001:db8::1",
            "subjectAltName=URI:https://bank.example/",
            "subjectAltName=URI:https://chat.example.com/",
            "subjectAltName=email:ceo@bank.example",
            "subjectAltName=email:romeo@chat.example.com");

    @ParameterizedTest
    @EnumSource(Release.class)
    void openssl_whatTheAuthorityIssued_passesForNamesOfTheDomainOnly(Release release) {
        ChatMachine chat = CHATS.on(release);

        issue(chat, GOOD, SERVER);
        assertThat(verify(chat, "sslserver")).isEqualTo(FILE + ": OK\n");
        for (String name : FOREIGN) {
            issue(chat, name, SERVER);
            assertThat(verify(chat, "sslserver")).as(name).contains("subtree violation");
        }
        issue(chat, GOOD, "extendedKeyUsage=emailProtection");
        assertThat(verify(chat, "smimesign")).contains("unsuitable certificate purpose");
        // OpenSSL does not ask a root whether it may vouch for code and time; the root says that it may not.
        assertThat(chat.shell(
                        "openssl x509 -noout -ext basicConstraints,extendedKeyUsage -in /var/lib/firstboot/ca/ca.pem"))
                .contains("pathlen:0", "TLS Web Server Authentication, TLS Web Client Authentication\n");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void python_whatTheAuthorityIssued_isAcceptedForNamesOfTheDomainOnly(Release release) {
        ChatMachine chat = CHATS.on(release);

        assertThat(handshake(chat, ChatMachine.SERVED, ChatMachine.SERVED, "upload.chat.example.com"))
                .isEqualTo("accepted TLSv1.3");
        issue(chat, GOOD, SERVER);
        assertThat(handshake(chat, FILE, FILE + ".key", "room.chat.example.com"))
                .isEqualTo("accepted TLSv1.3");
        issue(chat, "subjectAltName=IP:192.0.2.1", SERVER);
        assertThat(handshake(chat, FILE, FILE + ".key", "192.0.2.1")).isEqualTo("refused excluded subtree violation");
        issue(chat, "subjectAltName=DNS:bank.example", SERVER);
        assertThat(handshake(chat, FILE, FILE + ".key", "bank.example"))
                .isEqualTo("refused permitted subtree violation");
    }

    /** Java leaves the limits of a trusted root aside. It heeds them where the root is in the path and its key is what is trusted. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void java_whatTheAuthorityIssued_passesForNamesOfTheDomainOnly(Release release) throws GeneralSecurityException {
        ChatMachine chat = CHATS.on(release);
        String authority = chat.output("cat", "/var/lib/firstboot/ca/ca.pem");
        X509Certificate root = certificate(authority);

        X509Certificate good = certificate(issue(chat, GOOD, SERVER));
        assertThatCode(() -> validate(root, good)).doesNotThrowAnyException();
        ServerTrust trust = ServerTrust.of(authority);
        assertThatCode(() -> trust.manager().checkServerTrusted(new X509Certificate[] {good}, "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
        for (String name : FOREIGN) {
            X509Certificate bad = certificate(issue(chat, name, SERVER));
            assertThatThrownBy(() -> validate(root, bad)).as(name).isInstanceOf(CertPathValidatorException.class);
        }
        X509Certificate code = certificate(issue(chat, GOOD, "extendedKeyUsage=codeSigning"));
        assertThatThrownBy(() -> trust.manager().checkServerTrusted(new X509Certificate[] {code}, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void server_presents_itsCertificateWithoutTheRoot(Release release) {
        ChatMachine chat = CHATS.on(release);
        for (String port : List.of("443", "5223")) {
            assertThat(chat.shell("openssl s_client -connect 127.0.0.1:" + port
                                    + " -servername chat.example.com -showcerts </dev/null 2>/dev/null"
                                    + " | grep -c 'BEGIN CERTIFICATE'")
                            .strip())
                    .as("port " + port)
                    .isEqualTo("1");
        }
    }

    private static String issue(ChatMachine chat, String... extensions) {
        List<String> command = new ArrayList<>(List.of("sh", "-s", FILE));
        command.addAll(Arrays.asList(extensions));
        return chat.machine()
                .runWithInput(Resources.text(AuthorityIT.class, "issue.sh"), command.toArray(String[]::new))
                .check()
                .output();
    }

    private static String verify(ChatMachine chat, String purpose) {
        return chat.shell("openssl verify -CAfile /var/lib/firstboot/ca/ca.pem -purpose " + purpose + " " + FILE
                + " 2>&1 || true");
    }

    private static String handshake(ChatMachine chat, String certificate, String key, String name) {
        return chat.machine()
                .runWithInput(Resources.text(AuthorityIT.class, "handshake.py"), "python3", "-", certificate, key, name)
                .check()
                .output()
                .strip();
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void validate(X509Certificate root, X509Certificate leaf) throws GeneralSecurityException {
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, root)), parameters);
    }
}
