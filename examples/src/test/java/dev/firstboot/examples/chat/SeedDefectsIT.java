package dev.firstboot.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Release;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The thirteen numbered defects of the script this project set out from, asked of running machines: ours has none of them. */
class SeedDefectsIT {
    private static final String DOMAIN = ChatMachine.DOMAIN;
    private static ChatMachine chat;
    private static ChatMachine twin;

    @BeforeAll
    static void boot() {
        chat = ChatMachine.boot(DOMAIN, ChatArchive.boot(DOMAIN, Release.DEBIAN_13));
        twin = ChatMachine.boot(DOMAIN, ChatArchive.boot(DOMAIN, Release.DEBIAN_13));
    }

    @AfterAll
    static void close() {
        for (ChatMachine machine : new ChatMachine[] {chat, twin}) {
            if (machine != null) {
                machine.close();
            }
        }
    }

    @Test
    void defect01_secrets_areWhole() {
        assertThat(chat.secret("database-password")).matches("[A-Za-z0-9]{40}");
        assertThat(chat.secret("admin-password")).matches("[A-Za-z0-9]{24}");
    }

    @Test
    void defect02_accounts_areInTheDatabase() {
        assertThat(chat.query("SELECT username FROM users ORDER BY 1")).contains("admin", "firstboot-probe");
    }

    @Test
    void defect03_servers_startedOnceWithTheirConfiguration() {
        assertThat(chat.output("systemctl", "show", "--property=NRestarts", "ejabberd.service", "nginx.service"))
                .doesNotContainPattern("NRestarts=[1-9]");
        assertThat(chat.output("nginx", "-T")).contains("# configuration file /etc/nginx/conf.d/chat.example.com.conf");
    }

    @Test
    void defect04_clients_getTlsBeforeALoginAndPasswordsAreNotKept() throws IOException {
        String features = greet(5222, "jabber:client");
        assertThat(features).contains("<starttls").contains("<required").doesNotContain("<mechanism");
        assertThat(chat.query("SELECT password FROM users WHERE username = 'admin'"))
                .doesNotContain(chat.secret("admin-password"));
        assertThat(chat.query("SELECT iterationcount FROM users WHERE username = 'admin'"))
                .containsExactly("4096");
        assertThat(chat.output("stat", "-c", "%a %U %G", ChatMachine.SERVED).strip())
                .isEqualTo("640 root ejabberd");
        assertThat(chat.shell("openssl x509 -noout -ext subjectAltName -in " + ChatMachine.SERVED))
                .contains("DNS:" + DOMAIN, "DNS:conference." + DOMAIN, "DNS:upload." + DOMAIN);
    }

    @Test
    void defect05_servers_areOfferedStarttls() throws IOException {
        assertThat(greet(5269, "jabber:server")).contains("<starttls").contains("<required");
    }

    @Test
    void defect06_web_worksAndOnlyNginxIsReachedFromOutside() {
        try (WebClient web = new WebClient(chat.server())) {
            WebChecks checks = new WebChecks(web);
            assertThatCode(checks::webSocket).doesNotThrowAnyException();
            assertThatCode(checks::bosh).doesNotThrowAnyException();
            assertThatCode(checks::redirect).doesNotThrowAnyException();
        }
        for (int port : new int[] {5280, 5281, 5282, 5443, 1883, 4369, 5210, 5347, 5432}) {
            InetSocketAddress address =
                    new InetSocketAddress(chat.machine().endpoint(443).getAddress(), port);
            assertThatThrownBy(() -> connect(address)).as("port " + port).isInstanceOf(IOException.class);
        }
    }

    @Test
    void defect07_administrator_mayAdministerAndUsersMayMakeRooms() {
        Credentials user = chat.account("defect07");
        Console console = chat.console();
        try (RoomClient room = RoomClient.login(chat.server(), user)) {
            assertThatCode(() -> console.check(chat.admin())).doesNotThrowAnyException();
            room.open("defect07");
            room.say("defect07", "mine");
            String[] call = {"--json", "{\"host\": \"" + DOMAIN + "\"}"};
            assertThat(console.status(chat.admin(), "/api/registered_users", call))
                    .isEqualTo("200");
            assertThat(console.status(user, "/api/registered_users", call)).isEqualTo("403");
        }
    }

    @Test
    void defect08_withoutCredential_everythingRunsAndAcmeDoesNot() {
        assertThat(chat.output("systemctl", "is-active", "nginx", "ejabberd").lines())
                .containsOnly("active");
        assertThat(chat.output("systemctl", "show", "--property=ConditionResult", "tls-acme-chat.example.com.service"))
                .contains("ConditionResult=no");
        assertThat(chat.shell("systemctl --failed --plain --no-legend")
                        .lines()
                        .filter(line -> line.contains("xmpp") || line.contains("certbot")))
                .isEmpty();
    }

    @Test
    void defect09_node_hasANameOfItsOwnAndASecretCookie() {
        assertThat(chat.output("ejabberdctl", "status")).contains("ejabberd@node1." + DOMAIN);
        assertThat(chat.output("stat", "-L", "-c", "%a %U", "/var/lib/ejabberd/.erlang.cookie")
                        .strip())
                .isEqualTo("400 ejabberd");
    }

    @Test
    void defect10_database_isReachedFromTheMachineOnlyAndHasNoRoleToSpare() {
        assertThat(chat.query("SELECT rolname FROM pg_roles WHERE rolcanlogin ORDER BY 1"))
                .containsExactly("ejabberd", "postgres");
        assertThat(chat.query("SELECT rolname FROM pg_roles WHERE rolreplication"))
                .containsExactly("postgres");
        assertThat(chat.query("SHOW listen_addresses")).containsExactly("127.0.0.1");
        assertThat(chat.query("SHOW data_checksums")).containsExactly("on");
        assertThat(chat.query("SHOW password_encryption")).containsExactly("scram-sha-256");
        assertThat(chat.output("ps", "-C", "postgres", "-o", "user=").lines().map(String::strip))
                .containsOnly("postgres");
    }

    @Test
    void defect11_twoMachinesOfOneImage_shareNoSecretAndNoIdentity() {
        for (String name : List.of(
                "database-password", "admin-password", "probe-password", "component-password", "erlang-cookie")) {
            assertThat(chat.secret(name)).as(name).isNotEqualTo(twin.secret(name));
        }
        for (String file : List.of(
                "/var/lib/firstboot/ca/ca.key",
                "/var/lib/firstboot/ca/ca.pem",
                ChatMachine.SERVED,
                "/var/lib/ejabberd/.erlang.cookie",
                "/etc/machine-id")) {
            assertThat(chat.output("cat", file)).as(file).isNotEqualTo(twin.output("cat", file));
        }
        String identity = "SELECT system_identifier FROM pg_control_system()";
        assertThat(chat.query(identity)).isNotEqualTo(twin.query(identity));
        assertThatThrownBy(() -> ChatClient.login(
                        new ChatServer(
                                DOMAIN, twin.machine()::endpoint, chat.server().trust()),
                        twin.admin()))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void defect12_renewal_hasOneTimerAndReloadsNothingForNothing() {
        assertThat(chat.output("systemctl", "is-enabled", "certbot.timer", "tls-renew.timer")
                        .lines())
                .containsOnly("enabled");
        assertThat(chat.fails("sh", "-c", "grep -rq 'certbot renew.*reload' /etc/cron*"))
                .isTrue();
        String before = chat.served();
        String journal = "journalctl -u ejabberd -u nginx | grep -ci reload || true";
        String reloads = chat.shell(journal);
        chat.output("systemctl", "start", "tls-renew.service", "certbot.service");
        assertThat(chat.served()).isEqualTo(before);
        assertThat(chat.shell(journal)).isEqualTo(reloads);
    }

    @Test
    void defect13_stateOfTheService_isWhereTheStackIs() {
        assertThat(chat.query("SHOW data_directory")).containsExactly("/var/lib/postgresql/17/main");
        assertThat(chat.shell("find / -xdev -newer /var/lib/firstboot/ca/ca.pem -type f -user ejabberd -o -xdev"
                                + " -newer /var/lib/firstboot/ca/ca.pem -type f -user postgres")
                        .lines()
                        .map(path -> path.toLowerCase(Locale.ROOT)))
                .allMatch(path -> path.startsWith("/var/lib/") || path.startsWith("/var/log/"));
    }

    /** What the server offers on a port before TLS. */
    private static String greet(int port, String namespace) throws IOException {
        try (Socket socket = connect(chat.machine().endpoint(port))) {
            OutputStream out = socket.getOutputStream();
            out.write(("<?xml version='1.0'?><stream:stream to='" + DOMAIN + "' version='1.0' xmlns='" + namespace
                            + "' xmlns:stream='http://etherx.jabber.org/streams'>")
                    .getBytes(UTF_8));
            StringBuilder heard = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (heard.indexOf("</stream:features>") < 0) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    throw new IOException("closed after " + heard);
                }
                heard.append(new String(buffer, 0, read, UTF_8));
            }
            return heard.toString();
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(10_000);
            socket.connect(address, 3_000);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
