package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatArchive;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.examples.chat.Console;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stranger looks for the administrator's console and API; a page of another site uses the administrator's browser. */
class ConsoleIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final String DOMAIN = ChatMachine.DOMAIN;
    /** The network of containers: that of this host, seen from them. */
    private static final String TESTS = "198.18.0.0/15";

    private static final List<String> SPELLINGS = List.of(
            "/admin",
            "/admin/",
            "//admin/",
            "/%61dmin/",
            "/admin%2f",
            "/./admin/",
            "/ws/../admin/",
            "/bosh/../admin/",
            "/upload/../admin/",
            "/upload/%2e%2e/admin/",
            "/.well-known/host-meta/../../admin/",
            "/ADMIN/",
            "/api",
            "/api/status",
            "//api/status",
            "/%61pi/status",
            "/ws/../api/status",
            "/upload/..%2fapi/status",
            "http://localhost:5281/admin/");

    @ParameterizedTest
    @EnumSource(Release.class)
    void console_anySpellingAndName_isNotOnThePublicPorts(Release release) throws IOException {
        ChatServer server = CHATS.on(release).server();
        for (String path : SPELLINGS) {
            for (String host :
                    List.of(DOMAIN, "conference." + DOMAIN, "upload." + DOMAIN, "localhost", "127.0.0.1:5281")) {
                assertThat(RawHttp.as(server, host, "GET", path).status())
                        .as(host + path)
                        .isIn(400, 404, 421);
            }
            assertThat(RawHttp.plain(server, DOMAIN, path).status()).as(path).isIn(301, 400, 404, 421);
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void api_keysThatNobodyKnows_becomeNoAtoms(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        ChatServer server = chat.server();
        int before = atoms(chat);
        for (int i = 0; i < 18; i++) {
            String run = Integer.toString(i);
            String json = IntStream.range(0, 52_000)
                    .mapToObj(key -> "\"k" + run + "x" + key + "\":0")
                    .collect(Collectors.joining(",", "{", "}"));
            for (String path : List.of("/api/status", "//api/status")) {
                assertThat(RawHttp.as(server, DOMAIN, "POST", path, List.of(), json)
                                .status())
                        .isIn(404, 413);
            }
        }
        assertThat(atoms(chat) - before).isLessThan(10_000);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void form_ofAnotherSite_makesNoAccount(Release release) {
        ChatMachine chat = CHATS.on(release);
        for (String header : List.of(
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost",
                "Origin: http://localhost:5281.evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site")) {
            assertThat(register(chat, release, "forged", header)).as(header).isEqualTo("403");
        }
        assertThat(accounts(chat)).doesNotContain("forged");

        assertThat(register(chat, release, "wanted-" + release.suite(), "Origin: http://localhost:5281"))
                .isEqualTo("200");
        assertThat(accounts(chat)).contains("wanted-" + release.suite());
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void console_inAFrame_isRefusedByTheBrowser(Release release) {
        ChatMachine chat = CHATS.on(release);
        assertThat(chat.console().answer(chat.admin(), "/admin/"))
                .startsWith("HTTP/1.1 200")
                .contains("X-Frame-Options: DENY", "Content-Security-Policy: frame-ancestors 'none'");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void console_underANameThatLeadsHere_doesNotAnswer(Release release) {
        ChatMachine chat = CHATS.on(release);
        assertThat(chat.console().status(chat.admin(), "/admin/", "--header", "Host: evil.example"))
                .isEqualTo("421");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void console_forANetwork_isForThatNetworkOnly(Release release) throws IOException {
        Xmpp service = Xmpp.cluster(DOMAIN).console(TESTS, "2001:db8::/32");
        try (ChatMachine chat =
                ChatMachine.boot(DOMAIN, ChatArchive.boot("console-" + release.suite(), service, release))) {
            ChatServer server = chat.server();
            RawHttp page = RawHttp.ask(server, "GET", "/admin/");
            assertThat(page.status()).isEqualTo(401);
            assertThat(page.header("X-Frame-Options")).containsExactly("DENY");
            assertThat(RawHttp.ask(server, "GET", "/admin/", "Origin: https://evil.example")
                            .status())
                    .isEqualTo(403);
            assertThat(RawHttp.ask(server, "GET", "/admin/", "Origin: https://" + DOMAIN)
                            .status())
                    .isEqualTo(401);
            assertThat(RawHttp.ask(server, "GET", "/api/status", basic(chat.admin()))
                            .status())
                    .isEqualTo(release == Release.DEBIAN_13 ? 200 : 404);

            for (String address : List.of("127.0.0.1", "[::1]")) {
                String others =
                        "curl --silent --insecure --output /dev/null --write-out '%{http_code}' --header 'Host: "
                                + DOMAIN + "' https://" + address;
                assertThat(chat.shell(others + "/.well-known/host-meta")).isEqualTo("200");
                assertThat(chat.shell(others + "/admin/")).isEqualTo("403");
                assertThat(chat.shell(others + "/api/status")).isEqualTo(release == Release.DEBIAN_13 ? "403" : "404");
            }
        }
    }

    /** Asks for an account as the administrator's browser would, and gives the status. */
    private static String register(ChatMachine chat, Release release, String name, String header) {
        Console console = chat.console();
        if (release == Release.DEBIAN_12) {
            return console.status(
                    chat.admin(),
                    "/admin/server/" + DOMAIN + "/users/",
                    "--header",
                    header,
                    "--data",
                    "newusername=" + name + "&newuserpassword=secret&addnewuser=Add+User");
        }
        return console.status(
                chat.admin(),
                "/api/register",
                "--header",
                header,
                "--header",
                "Content-Type: text/plain",
                "--data",
                "{\"user\": \"" + name + "\", \"host\": \"" + DOMAIN + "\", \"password\": \"secret\"}");
    }

    private static String basic(Credentials account) {
        String text = account.user() + "@" + DOMAIN + ":" + account.password();
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }

    private static String accounts(ChatMachine chat) {
        return chat.output("ejabberdctl", "registered_users", DOMAIN);
    }

    private static int atoms(ChatMachine chat) {
        return Integer.parseInt(Erlang.ask(chat, "erlang:system_info(atom_count)"));
    }
}
