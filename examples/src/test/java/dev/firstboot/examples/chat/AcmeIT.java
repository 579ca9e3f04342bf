package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate's life with a real ACME authority and real certbot; only Cloudflare is ours. */
class AcmeIT {
    private static final String TOKEN = "a-token-that-may-edit-one-zone-only-1234";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void certificate_acmeFailsThenWorksThenRenews_isAlwaysServed(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (ChatMachine chat = ChatMachine.boot(
                ChatMachine.DOMAIN,
                ChatArchive.boot(ChatMachine.DOMAIN, Release.DEBIAN_13)
                        .addCredential(Credential.of("firstboot.tls.cloudflare-token", TOKEN))
                        .addCredential(Credential.of("firstboot.tls.acme-email", "ops@example.com")))) {
            // Ready although no ACME authority can be reached: the machine's own authority serves.
            Credentials romeo = chat.account("romeo");
            Credentials juliet = chat.account("juliet");
            ChatClient.login(chat.server(), romeo).close();

            byte[] address = chat.machine().endpoint(443).getAddress().getAddress();
            String host = (address[0] & 255) + "." + (address[1] & 255) + "." + (address[2] & 255) + ".1";
            try (Pebble pebble = new Pebble(directory, host);
                    FakeCloudflare cloudflare = new FakeCloudflare(TOKEN, "example.com", pebble.records())) {
                cloudflare.refuse(true);
                String own = chat.served();
                watchCommandLines(chat);
                useAuthority(chat, pebble, cloudflare.uri(host).toString());
                await(() -> cloudflare.refusals() > 0);
                assertThat(commandLines(chat))
                        .as("what anybody on the machine can see")
                        .contains("certonly")
                        .doesNotContain("ops@example.com");
                assertThat(chat.served()).isEqualTo(own);

                cloudflare.refuse(false);
                chat.output("systemctl", "restart", "tls-acme-chat.example.com.service");
                await(() -> !chat.served().equals(own));
                String first = chat.served();
                // A client that trusts the public authority and knows nothing of the machine's own.
                ChatServer trusted = chat.server(pebble.root());
                await(() -> canLogIn(trusted, romeo));
                ChatClient session = ChatClient.login(trusted, juliet);
                try (WebClient web = new WebClient(trusted)) {
                    new WebChecks(web).webSocket();
                }

                // What the timer starts, with every certificate due.
                chat.shell(
                        "sed -i '1i renew_before_expiry = 36500 days' /etc/letsencrypt/renewal/chat.example.com.conf");
                chat.shell("systemctl start certbot.service"
                        + " || { journalctl --unit certbot.service --output cat --lines 40 >&2; exit 1; }");
                await(() -> !chat.served().equals(first));
                await(() -> canLogIn(trusted, romeo));
                // The session of before has gone on.
                session.send("romeo", "still here");
                session.close();
                assertThat(chat.fails("grep", "-rqF", TOKEN, "/var/log")).isTrue();
                // An authority that the machine itself does not trust keeps nobody from becoming ready again.
                String renewed = chat.served();
                restart(chat);
                assertThat(chat.served()).isEqualTo(renewed);
                assertThat(canLogIn(trusted, romeo)).isTrue();
                saysWhatIsWrong(chat);
                assertThat(chat.shell("journalctl | grep -cF " + TOKEN + " || true")
                                .strip())
                        .isEqualTo("0");
            }
        }
    }

    private static void useAuthority(ChatMachine chat, Pebble pebble, String cloudflare) throws IOException {
        chat.machine()
                .runWithInput(Files.readString(pebble.webCertificate()), "tee", "/etc/acme-test.pem")
                .check();
        chat.machine()
                .runWithInput(
                        "ACME_DIRECTORY=" + pebble.uri() + "\nCLOUDFLARE_API_URL=" + cloudflare
                                + "\nACME_PROPAGATION_SECONDS=1\nREQUESTS_CA_BUNDLE=/etc/acme-test.pem\n",
                        "tee",
                        "/etc/default/tls-acme")
                .check();
        chat.output("systemctl", "restart", "tls-acme-chat.example.com.service");
    }

    /** As after a power cut. Its owner's credentials are in its files by now. */
    private static void restart(ChatMachine chat) {
        chat.machine().kill();
        chat.machine().start();
        assertThat(chat.machine().awaitReady().firstBoot()).isFalse();
    }

    private static void saysWhatIsWrong(ChatMachine chat) {
        chat.shell("cp -a " + ChatMachine.SERVED + " /run/kept"
                + " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=other"
                + " -keyout /dev/null -out " + ChatMachine.SERVED + " 2>/dev/null");
        for (String probe : List.of("login", "web")) {
            CommandResult result = chat.machine().run("/usr/lib/xmpp/probe", probe);
            assertThat(result.isSuccess()).isFalse();
            assertThat(result.errors()).contains("presents another certificate than " + ChatMachine.SERVED);
        }
        chat.shell("mv /run/kept " + ChatMachine.SERVED);
        assertThat(chat.output("/usr/lib/xmpp/probe", "login")).isEmpty();
    }

    private static void watchCommandLines(ChatMachine chat) {
        chat.shell("systemd-run --quiet --unit=watch sh -c"
                + " 'while :; do cat /proc/[0-9]*/cmdline; sleep 0.1; done >/run/command-lines 2>/dev/null'");
    }

    private static String commandLines(ChatMachine chat) {
        return chat.shell("systemctl stop watch.service; tr '\\0' ' ' </run/command-lines");
    }

    /** The file is there a moment before the servers have read it. */
    private static boolean canLogIn(ChatServer server, Credentials account) {
        try {
            ChatClient.login(server, account).close();
            return true;
        } catch (ChatException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting after " + PATIENCE).isLessThan(deadline);
            Thread.sleep(500);
        }
    }
}
