package dev.firstboot.examples.attack;

import dev.firstboot.examples.chat.ChatMachine;

/** Limits that the running server has for a user. */
final class Limits {
    private Limits() {}

    /** What a rule of shapers comes to, as Erlang writes it. */
    static String of(ChatMachine chat, String rule, String user) {
        return Erlang.ask(
                chat,
                "ejabberd_shaper:match(<<\"" + ChatMachine.DOMAIN + "\">>, " + rule + ", jid:make(<<\"" + user
                        + "\">>, <<\"" + ChatMachine.DOMAIN + "\">>))");
    }
}
