package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Release;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.container.RootfsBoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an owner gives a chat machine is taken as its services take it, or refused by name before it is kept. */
class OwnerValuesIT {
    private static final String PASSWORD = "firstboot.xmpp.admin-password";
    private static final String ADDRESS = "firstboot.xmpp.public-address";

    private final Path root = Path.of("target", "chat", "owner-values").toAbsolutePath();

    @BeforeEach
    @AfterEach
    void nothingIsThere() throws Exception {
        run("rm", "-rf", "--one-file-system", root.toString());
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void values_refusedAtTheFirstBoot_goodOnesAtTheNextAreTaken(Release release) throws Exception {
        unpack(release);
        try (Machine machine = boot("pass\ud83e\udd84word", "999.1.1.1")) {
            awaitConsole(
                    machine, "credential " + PASSWORD + " is refused by xmpp: it holds a character that Unicode 3.2");
            awaitConsole(machine, "credential " + ADDRESS + " is refused by xmpp: it is no IP address");
            assertThat(machine.run("ls", "/var/lib/firstboot/secrets").output()).isEmpty();
            machine.kill();
        }
        // A no-break space and the Roman numeral nine, and the line break of an editor.
        try (ChatMachine chat =
                ChatMachine.boot(ChatMachine.DOMAIN, give("caf\u00e9\u00a0\u2168\r\n", " 203.0.113.9\r\n"))) {
            assertThat(chat.secret("admin-password")).isEqualTo("caf\u00e9 IX");
            assertThat(chat.shell("cat /run/xmpp/address.yml")).contains("\"203.0.113.9\"");
            ChatClient.login(chat.server(), new Credentials("admin", "caf\u00e9 IX"))
                    .close();
            chat.machine().kill();
        }
        try (ChatMachine chat = ChatMachine.boot(ChatMachine.DOMAIN, give("another", "turn.example.com"))) {
            awaitConsole(chat.machine(), "credential " + ADDRESS + " is refused by xmpp: it is no IP address");
            assertThat(chat.shell("cat /run/xmpp/address.yml")).contains("\"203.0.113.9\"");
            ChatClient.login(chat.server(), new Credentials("admin", "caf\u00e9 IX"))
                    .close();
        }
    }

    /** The machine gives its administrator a password, and is stopped before it is ready. */
    @Test
    void password_anotherBeforeTheMachineWasReady_isTheOneThatCounts() throws Exception {
        unpack(Release.DEBIAN_13);
        // Nothing else keeps a machine from being ready in time.
        Path probe = root.resolve("usr/lib/firstboot/probes/xmpp/web");
        String good = Files.readString(probe);
        Files.writeString(probe, "#!/bin/sh\nexit 1\n");
        try (Machine machine = boot("first", "203.0.113.9")) {
            while (!machine.run("systemctl", "is-active", "firstboot-xmpp-accounts.service")
                    .isSuccess()) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            machine.stop();
        }
        Files.writeString(probe, good);

        try (ChatMachine chat = ChatMachine.boot(ChatMachine.DOMAIN, give("second", "203.0.113.9"))) {
            ChatClient.login(chat.server(), new Credentials("admin", "second")).close();
            assertThatThrownBy(() -> ChatClient.login(chat.server(), new Credentials("admin", "first")))
                    .isInstanceOf(ChatException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void secrets_allGivenInOtherLetters_areTakenByEveryService(Release release) {
        String word = "\u00e9 \"'\\ \u4f60: #{}%$";
        RootfsBoot.Builder boot = ChatArchive.boot(ChatMachine.DOMAIN, release)
                .addCredential(Credential.of("firstboot.xmpp.erlang-cookie", "a'cookie\"of:#1"));
        for (String name : new String[] {"database-password", "probe-password", "component-password"}) {
            boot.addCredential(Credential.of("firstboot.xmpp." + name, name + word));
        }
        try (ChatMachine chat = ChatMachine.boot(ChatMachine.DOMAIN, boot)) {
            assertThat(chat.secret("database-password")).isEqualTo("database-password" + word);
            chat.output("ejabberdctl", "status");
        }
    }

    private Machine boot(String password, String address) {
        return give(password, address).start();
    }

    private RootfsBoot.Builder give(String password, String address) {
        return RootfsBoot.builder(root)
                .name("chat")
                .addCredential(Credential.of(PASSWORD, password))
                .addCredential(Credential.of(ADDRESS, address));
    }

    /** Into a directory, as what one boot has left is what the next one finds. */
    private void unpack(Release release) throws Exception {
        Files.createDirectories(root);
        run(
                "tar",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "-C",
                root.toString(),
                "-xpf",
                ChatArchive.path(ChatMachine.DOMAIN, release).toString());
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(command[0])
                .isZero();
    }

    private static void awaitConsole(Machine machine, String words) throws InterruptedException {
        for (int i = 0; machine.consoleTail(400).stream().noneMatch(line -> line.contains(words)); i++) {
            assertThat(i).as(() -> words + " in " + machine.consoleTail(400)).isLessThan(600);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
