package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client hands a password to: only a server whose certificate is good, and for the right name. */
class ChatClientTest {
    private static final Credentials ROMEO = Credentials.random("romeo");

    @TempDir
    Path directory;

    @Test
    void login_goodCertificate_goesOnInsideTls() throws Exception {
        try (StartTlsServer server = new StartTlsServer(directory, "chat.example.com", "chat.example.com")) {
            String certificate = server.certificate();

            assertThatExceptionOfType(ChatException.class)
                    .isThrownBy(() -> ChatClient.login(server.asSeenTrusting(certificate), ROMEO));
            assertThat(server.insideTls().get(10, TimeUnit.SECONDS)).contains("to='chat.example.com'");
        }
    }

    @Test
    void login_certificateForAnotherName_isRefused() throws Exception {
        try (StartTlsServer server = new StartTlsServer(directory, "chat.example.com", "other.example.com")) {
            String certificate = server.certificate();

            assertThatExceptionOfType(ChatException.class)
                    .isThrownBy(() -> ChatClient.login(server.asSeenTrusting(certificate), ROMEO))
                    .withMessageContaining("romeo cannot log in");
            assertThat(server.insideTls()).failsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void login_certificateOfAnotherAuthority_isRefused() throws Exception {
        try (StartTlsServer server = new StartTlsServer(directory, "chat.example.com", "chat.example.com");
                StartTlsServer other = new StartTlsServer(directory, "other.example.com", "other.example.com")) {
            String certificate = other.certificate();

            assertThatExceptionOfType(ChatException.class)
                    .isThrownBy(() -> ChatClient.login(server.asSeenTrusting(certificate), ROMEO))
                    .withMessageContaining("certification path");
            assertThat(server.insideTls()).failsWithin(10, TimeUnit.SECONDS);
        }
    }
}
