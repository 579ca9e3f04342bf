package dev.firstboot.examples;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.bake.Bakery;
import dev.firstboot.examples.chat.ChatClient;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.examples.chat.Console;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.examples.chat.ServerTrust;
import dev.firstboot.examples.chat.WebChecks;
import dev.firstboot.examples.chat.WebClient;
import dev.firstboot.examples.report.Checks;
import dev.firstboot.examples.report.Checks.FailedCheckException;
import dev.firstboot.examples.report.Progress;
import dev.firstboot.image.Image;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.Readiness;
import dev.firstboot.plan.Disk;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** One run of the quickstart, from the image's description to the summary. */
final class QuickstartRun {
    private static final String DOMAIN = "chat.example.com";
    private static final String CA = "/var/lib/firstboot/ca/ca.pem";
    private static final String ADMIN_PASSWORD = "/var/lib/firstboot/secrets/xmpp/admin-password";
    private static final String LINE = "But soft, what light through yonder window breaks?";

    private final Path directory;
    private final Progress progress;
    private final PrintStream out;
    private final Stages stages;
    private final Checks checks = new Checks();
    private final Credentials romeo = Credentials.random("romeo");
    private final Credentials juliet = Credentials.random("juliet");

    QuickstartRun(Path directory, Progress progress, PrintStream out) {
        this.directory = directory;
        this.progress = progress;
        this.out = out;
        this.stages = new Stages(progress);
    }

    /** Whether all is as it must be. With {@code keep} the machine runs on afterwards. */
    boolean execute(boolean keep) throws IOException {
        Files.createDirectories(directory);
        Image chat = Image.builder().name("chat").workload(Xmpp.cluster(DOMAIN)).build();
        DiskImage disk = bake(chat);
        out.println("\nBooting it: UEFI, systemd-boot, Linux with its root on ZFS");
        try (Machine machine = disk.boot()) {
            Summary summary = new Summary(chat, disk, machine, stages, checks);
            try {
                talk(machine);
            } catch (FailedCheckException e) {
                out.println("\n" + summary.table());
                throw e;
            }
            summary.result().writeTo(directory.resolve("result.json"));
            out.println("\n" + summary.table());
            if (keep) {
                new KeptMachine(machine, directory, DOMAIN).leave(text(machine, CA), admin(machine), out);
            }
            return checks.passed();
        }
    }

    private DiskImage bake(Image chat) {
        Disk target = Disk.qcow2(directory.resolve("chat.qcow2")).replaceExisting();
        out.println("Baking " + target.path() + ": " + chat);
        try (Bakery bakery = Bakery.builder().listener(stages).build()) {
            return bakery.bake(chat, target);
        }
    }

    private void talk(Machine machine) {
        stages.time(
                "bootToReady", checks.require("first boot ends ready for work", () -> ready(machine, "first boot")));
        ChatServer server = new ChatServer(DOMAIN, machine::endpoint, ServerTrust.of(text(machine, CA)));
        try (WebClient web = new WebClient(server)) {
            Console console = new Console(machine, DOMAIN);
            meet(server, console);
            tryWeb(server, new WebChecks(web));
            checks.check("admin console on the machine", () -> console.check(admin(machine)));
        }
        progress.started("shutdown", "shut the machine down in order");
        machine.stop();
        progress.finished("shutdown", "off");
        stages.time("secondBootToReady", checks.require("second boot ends ready for work", () -> {
            machine.start();
            return ready(machine, "second boot");
        }));
        checks.check("message outlives the reboot", () -> readArchive(server));
    }

    private String ready(Machine machine, String boot) {
        progress.started(boot, "until the machine's own probes pass");
        Readiness ready = machine.awaitReady();
        progress.finished(boot, ready.elapsed().toSeconds() + " s by the machine's clock");
        return ready.probes().size() + " probes of its own passed";
    }

    /** Two people get accounts, log in and exchange a word. */
    private void meet(ChatServer server, Console console) {
        checks.require("two accounts made on the machine", () -> {
            console.register(romeo);
            console.register(juliet);
            return romeo + " and " + juliet + "@" + DOMAIN;
        });
        stages.time("login", checks.require("login with XMPP over STARTTLS", () -> {
            ChatClient.login(server, romeo).close();
            return "certificate verified for " + DOMAIN;
        }));
        checks.require("message delivered", () -> {
            try (ChatClient from = ChatClient.login(server, romeo);
                    ChatClient to = ChatClient.login(server, juliet)) {
                from.send(juliet.user(), LINE);
                return same(to.receive());
            }
        });
        checks.require("message read from the archive after a reconnect", () -> readArchive(server));
    }

    private String readArchive(ChatServer server) {
        try (ChatClient again = ChatClient.login(server, juliet)) {
            var messages = again.archive(romeo.user());
            return same(messages.isEmpty() ? "nothing" : messages.get(messages.size() - 1));
        }
    }

    private void tryWeb(ChatServer server, WebChecks web) {
        checks.check("XMPP over WebSocket on 443", web::webSocket);
        checks.check("XMPP over BOSH on 443", web::bosh);
        checks.check("no admin console and no API on 443", web::noConsole);
        checks.check("file upload on 443", () -> {
            byte[] file = new byte[300 << 10];
            new Random(1).nextBytes(file);
            try (ChatClient client = ChatClient.login(server, romeo)) {
                return web.upload(client.requestUpload("balcony.bin", file.length), file);
            }
        });
        checks.check("plain HTTP on 80 only redirects", web::redirect);
    }

    private static String same(String text) {
        if (!text.equals(LINE)) {
            throw new IllegalStateException("'" + LINE + "' was sent, and this came: " + text);
        }
        return "\"" + text + "\"";
    }

    private static Credentials admin(Machine machine) {
        return new Credentials("admin", text(machine, ADMIN_PASSWORD).strip());
    }

    private static String text(Machine machine, String file) {
        return machine.run("cat", file).check().output();
    }
}
