package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.examples.chat.ChatClient;
import dev.firstboot.examples.chat.ChatException;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import dev.firstboot.machine.CommandResult;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passwords that nobody has thought of: what the machine lets pass, its server takes as it is. */
class PasswordsIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final long SEED = Long.getLong("firstboot.test.seed", System.nanoTime());
    private static final String ACCEPTED = "/var/lib/ejabberd/attack-passwords";

    @ParameterizedTest
    @EnumSource(Release.class)
    void passwords_ofAnyCharacters_areTakenByTheServerAsTheyWereChecked(Release release) {
        ChatMachine chat = CHATS.on(release);
        String made = chat.shell("""
                python3 -B - %d >%s <<'PYTHON'
                import base64, importlib.machinery, random, sys
                values = importlib.machinery.SourceFileLoader('values', '/usr/lib/xmpp/values').load_module()
                random = random.Random(int(sys.argv[1]))
                ranges = [(1, 0x2ff), (0x300, 0x2fff), (0x3000, 0xd7ff), (0xf900, 0xffff), (0x10000, 0x1ffff)]
                for _ in range(20000):
                    text = ''.join(chr(random.randint(*random.choice(ranges))) for _ in range(random.randint(1, 4)))
                    try:
                        print(base64.b64encode(values.password(text).encode()).decode())
                    except values.Refused:
                        pass
                PYTHON
                chown ejabberd %s; wc -l <%s
                """.formatted(SEED, ACCEPTED, ACCEPTED, ACCEPTED));
        try {
            assertThat(Integer.parseInt(made.strip())).isGreaterThan(1000);
            assertThat(Erlang.ask(
                            chat,
                            "{ok, F} = file:read_file(\"" + ACCEPTED
                                    + "\"), length([P || L <- binary:split(F, <<10>>, [global, trim]),"
                                    + " P <- [base64:decode(L)], jid:resourceprep(P) =/= P])"))
                    .as("passwords that the server reads otherwise, seed " + SEED)
                    .isEqualTo("0");
        } finally {
            chat.output("rm", ACCEPTED);
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void account_withAPasswordOfTwoLines_isNotMade(Release release) {
        ChatMachine chat = CHATS.on(release);

        CommandResult result = make(chat, "two-lines", "two\nlines\n");

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.errors()).contains("a line break").doesNotContain("two\nlines");
        assertThatThrownBy(() -> ChatClient.login(chat.server(), new Credentials("two-lines", "twolines")))
                .isInstanceOf(ChatException.class);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void account_withAPasswordInOtherLetters_logsIn(Release release) {
        ChatMachine chat = CHATS.on(release);

        assertThat(make(chat, "letters", "cafe\u0301 \u2168\r\n").isSuccess()).isTrue();

        ChatClient.login(chat.server(), new Credentials("letters", "caf\u00e9 IX"))
                .close();
    }

    private static CommandResult make(ChatMachine chat, String name, String password) {
        return chat.machine()
                .runWithInput(
                        password,
                        "runuser",
                        "-u",
                        "ejabberd",
                        "--",
                        "/usr/lib/xmpp/accounts",
                        "new",
                        name,
                        ChatMachine.DOMAIN,
                        "5210");
    }
}
