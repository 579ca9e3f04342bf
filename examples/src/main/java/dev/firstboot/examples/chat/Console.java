package dev.firstboot.examples.chat;

import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * Administers a chat server from inside its machine, the only place that reaches its console unless the image says otherwise. Passwords travel on
 * standard input. Thread-safe as the machine is.
 */
public final class Console {
    private static final String URL = "http://localhost:5281";

    private final Machine machine;
    private final String domain;

    public Console(Machine machine, String domain) {
        this.machine = machine;
        this.domain = domain;
    }

    /** Makes an account; one that exists is an error. */
    public void register(Credentials account) {
        CommandResult result = machine.runWithInput(
                account.password(),
                "runuser",
                "-u",
                "ejabberd",
                "--",
                "/usr/lib/xmpp/accounts",
                "new",
                account.user(),
                domain,
                "5210");
        if (!result.isSuccess()) {
            throw new ChatException("account " + account + " is not made: " + result.errors());
        }
    }

    /** The console is closed to who has no password, and open to the administrator. */
    public String check(Credentials admin) {
        String stranger = status("/admin/");
        if (!stranger.equals("401")) {
            throw new ChatException("without a password the console answers HTTP " + stranger + ", not 401");
        }
        String inside = status(admin, "/admin/");
        if (!inside.equals("200")) {
            throw new ChatException("the console answers HTTP " + inside + " to the administrator, not 200");
        }
        return "401 without a password, 200 for the administrator";
    }

    /** The status of what somebody without a password gets. */
    public String status(String path) {
        return statusOf(ask("", path));
    }

    /** The status of what an account gets, with further arguments of curl. */
    public String status(Credentials account, String path, String... arguments) {
        return statusOf(answer(account, path, arguments));
    }

    /** All that an account gets, from the status line on, with further arguments of curl. */
    public String answer(Credentials account, String path, String... arguments) {
        return ask("user = \"" + account.user() + "@" + domain + ":" + account.password() + "\"\n", path, arguments);
    }

    private static String statusOf(String answer) {
        return answer.split(" ", 3)[1];
    }

    private String ask(String secret, String path, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("curl", "--silent", "--show-error", "--include", "--config", "-"));
        command.addAll(List.of(arguments));
        command.add(URL + path);
        return machine.runWithInput(secret, command.toArray(String[]::new))
                .check()
                .output();
    }
}
