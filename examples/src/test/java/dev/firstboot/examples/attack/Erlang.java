package dev.firstboot.examples.attack;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.machine.CommandResult;

/** Asks the running server itself, as its own user, what it makes of its configuration. */
final class Erlang {
    private Erlang() {}

    /** The value of an expression in the running node, as Erlang writes it. */
    static String ask(ChatMachine chat, String expression) {
        CommandResult result = chat.machine()
                .runWithInput(
                        expression + ".\n",
                        "runuser",
                        "-u",
                        "ejabberd",
                        "--",
                        "env",
                        "HOME=/var/lib/ejabberd",
                        "erl_call",
                        "-r",
                        "-address",
                        "127.0.0.1:5210",
                        "-e");
        String output = result.output().strip();
        if (!result.isSuccess() || !output.startsWith("{ok, ")) {
            throw new AssertionError(expression + " failed: " + output + result.errors());
        }
        return output.substring("{ok, ".length(), output.length() - 1);
    }
}
