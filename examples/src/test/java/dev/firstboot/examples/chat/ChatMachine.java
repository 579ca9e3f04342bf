package dev.firstboot.examples.chat;

import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.container.RootfsBoot;
import java.util.Arrays;
import java.util.List;

/** A booted chat machine in a container, as tests want to see it. */
public final class ChatMachine implements AutoCloseable {
    public static final String DOMAIN = "chat.example.com";
    public static final String SERVED = "/var/lib/firstboot/tls/chat.example.com.pem";
    private static final String SECRETS = "/var/lib/firstboot/secrets/xmpp/";

    private final String domain;
    private final Machine machine;

    private ChatMachine(String domain, Machine machine) {
        this.domain = domain;
        this.machine = machine;
    }

    /** Boots it and waits until it is ready. */
    public static ChatMachine boot(String domain, RootfsBoot.Builder boot) {
        Machine machine = boot.start();
        try {
            machine.awaitReady();
            return new ChatMachine(domain, machine);
        } catch (RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    public Machine machine() {
        return machine;
    }

    /** How clients reach it, trusting its own authority alone. */
    public ChatServer server() {
        return server(output("cat", "/var/lib/firstboot/ca/ca.pem"));
    }

    /** How clients reach it, trusting these authorities alone. */
    public ChatServer server(String trusted) {
        return new ChatServer(domain, machine::endpoint, ServerTrust.of(trusted));
    }

    public Credentials admin() {
        return new Credentials("admin", secret("admin-password"));
    }

    /** Its administration, from inside. */
    public Console console() {
        return new Console(machine, domain);
    }

    /** A new account. */
    public Credentials account(String name) {
        Credentials account = Credentials.random(name);
        console().register(account);
        return account;
    }

    public String secret(String name) {
        return output("cat", SECRETS + name).strip();
    }

    /** What a command that must succeed has printed. */
    public String output(String... command) {
        CommandResult result = machine.run(command);
        if (!result.isSuccess()) {
            throw new AssertionError(Arrays.toString(command) + " failed: " + result.errors() + result.output());
        }
        return result.output();
    }

    public String shell(String script) {
        return output("sh", "-c", script);
    }

    /** Whether a command fails. */
    public boolean fails(String... command) {
        return !machine.run(command).isSuccess();
    }

    /** What a query as the database's superuser gives, a line for each row. */
    public List<String> query(String sql) {
        CommandResult result = machine.runWithInput(
                sql, "runuser", "-u", "postgres", "--", "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", "ejabberd");
        if (!result.isSuccess()) {
            throw new AssertionError(sql + " failed: " + result.errors() + result.output());
        }
        return result.output().lines().toList();
    }

    /** The digest of what is served, which says whether it changed. */
    public String served() {
        return output("sha256sum", SERVED);
    }

    @Override
    public void close() {
        machine.close();
    }
}
