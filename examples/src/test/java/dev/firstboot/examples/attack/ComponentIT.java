package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import dev.firstboot.machine.CommandResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** External components (XEP-0114): a program of the machine's owner serves an address of its own, and nobody else can. */
class ComponentIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final String NAME = "echo." + ChatMachine.DOMAIN;
    private static final String SECRET = "/var/lib/firstboot/secrets/xmpp/component-password";
    private static final String UNIT = "attack-component";

    @ParameterizedTest
    @EnumSource(Release.class)
    void component_ofTheOwner_answersAUser(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        try (RawStream user = RawStream.login(chat.server(), chat.account("hears-echo"))) {
            start(chat, SECRET).check();
            try {
                user.send("<message to='" + NAME + "' type='chat'><body>who is there</body></message>");
                assertThat(user.until("<message[^>]*>.*?</message>"))
                        .contains("from='" + NAME + "'")
                        .contains("who is there, says hears-echo@" + ChatMachine.DOMAIN + "/");
            } finally {
                chat.output("systemctl", "stop", UNIT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void component_writesInTheNameOfAnAccount_isThrownOut(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        try (RawStream user = RawStream.login(chat.server(), chat.account("hears-no-lie"))) {
            String address = "hears-no-lie@" + ChatMachine.DOMAIN;
            user.send("<presence/>");

            assertThat(refusal(chat, SECRET, "admin@" + ChatMachine.DOMAIN, address))
                    .contains("<invalid-from");

            user.send("<message to='" + address + "'><body>to myself</body></message>");
            assertThat(user.until("<message[^>]*>.*?</message>"))
                    .contains("to myself")
                    .doesNotContain("forged");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void component_withAnotherSecret_isRefused(Release release) {
        ChatMachine chat = CHATS.on(release);
        chat.shell("echo guess >/run/" + UNIT);

        assertThat(refusal(chat, "/run/" + UNIT)).contains("<not-authorized");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void port_fromOutside_isNotReached(Release release) {
        ChatMachine chat = CHATS.on(release);
        assertThat(chat.output("ss", "-Hltn", "sport = :5347"))
                .contains("127.0.0.1:5347")
                .doesNotContain("*:5347");

        InetSocketAddress port = chat.server().endpoint(5347);
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(port, 2_000);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    /** What the server says to a component that it does not want. */
    private static String refusal(ChatMachine chat, String... arguments) {
        assertThat(start(chat, arguments).isSuccess()).isFalse();
        String invocation =
                chat.output("systemctl", "show", "-P", "InvocationID", UNIT).strip();
        chat.output("systemctl", "reset-failed", UNIT);
        return chat.output("journalctl", "-o", "cat", "_SYSTEMD_INVOCATION_ID=" + invocation);
    }

    /** Starts it as a service, and waits until it is connected or has failed. */
    private static CommandResult start(ChatMachine chat, String... arguments) {
        chat.machine()
                .runWithInput(
                        Resources.text(ComponentIT.class, "component.py"), "sh", "-c", "cat >/run/" + UNIT + ".py")
                .check();
        List<String> command = new ArrayList<>(List.of(
                "systemd-run",
                "--quiet",
                "--unit=" + UNIT,
                "--service-type=notify",
                "python3",
                "/run/" + UNIT + ".py",
                NAME));
        command.addAll(List.of(arguments));
        return chat.machine().run(command.toArray(String[]::new));
    }
}
