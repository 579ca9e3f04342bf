package dev.firstboot.examples;

import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.machine.DetachedMachine;
import dev.firstboot.machine.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A machine that is to run on, and how its owner reaches it. */
final class KeptMachine {
    private final Machine machine;
    private final Path directory;
    private final String domain;

    KeptMachine(Machine machine, Path directory, String domain) {
        this.machine = machine;
        this.directory = directory;
        this.domain = domain;
    }

    /** Writes down what is needed, tells where, and lets go of the machine. */
    void leave(String ca, Credentials admin, PrintStream out) throws IOException {
        Path caFile = directory.resolve("ca.pem");
        Path password = directory.resolve("admin-password");
        Files.writeString(caFile, ca);
        writePrivately(password, admin.password() + "\n");
        int xmpp = machine.endpoint(5222).getPort();
        int web = machine.endpoint(443).getPort();
        DetachedMachine kept = machine.detach();
        out.println("The machine runs on. From this host:");
        out.printf("  XMPP      127.0.0.1:%d, as %s, with STARTTLS%n", xmpp, domain);
        out.printf(
                "  web       curl --cacert %s --resolve %s:%d:127.0.0.1 https://%s:%d/.well-known/host-meta%n",
                caFile, domain, web, domain, web);
        out.printf("  CA file   %s%n", caFile);
        out.printf(
                "  admin     %s@%s, by ad-hoc commands of an XMPP client; the password is in %s%n",
                admin.user(), domain, password);
        out.printf("  console   %s%n", kept.console());
        out.printf("  stop it   %s%n", kept.stopCommand());
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }
}
