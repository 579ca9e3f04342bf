package dev.firstboot.workload.xmpp;

import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Resources;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Directive;
import java.util.List;

/**
 * Limits password guessing: in ejabberd, where clients log in, and in NGINX, where the console and the API take a password with each request. Both
 * count per IPv4 address or IPv6 /64, and per account from there, so that a guesser's neighbours can still log in.
 */
final class Guesses {
    static final String MODULE = "mod_guesses";
    /** Replaces ejabberd's own WebSocket handler, and closes connections that make it buffer too much: some come from strangers. */
    static final String WEB_SOCKET = "limited_ws";
    /** Where ejabberd finds them compiled, after all of its own code; owned by root, like the rest of its code. */
    static final String COMPILED = "/run/xmpp-guesses";

    static final String COMPILER = "xmpp-guesses.service";

    private static final String NETWORK = "$xmpp_network";
    private static final String GUESSER = "$xmpp_guesser";
    private static final String ACCOUNTS = "xmpp_accounts";
    private static final String NETWORKS = "xmpp_networks";

    private Guesses() {}

    /** Adds the ejabberd modules, which are compiled before it starts, by the installed version of Erlang. */
    static void addTo(Recipe.Builder recipe) {
        recipe.addFile(code(MODULE))
                .addFile(code(WEB_SOCKET))
                .addUnit(Sandboxes.compiler(Unit.named(COMPILER)
                        .state(Unit.State.UNCHANGED)
                        .set("Unit", "Description", "Compile what limits strangers")
                        .set("Service", "Type", "oneshot")
                        .set("Service", "RemainAfterExit", "yes")
                        .set("Service", "Group", "ejabberd")
                        .set("Service", "Environment", "HOME=" + COMPILED)
                        .set("Service", "RuntimeDirectory", "xmpp-guesses")
                        .set(
                                "Service",
                                "ExecStart",
                                "/usr/bin/erlc -o " + COMPILED + " " + source(MODULE) + " " + source(WEB_SOCKET))
                        .set("Service", "Restart", "on-failure")
                        .set("Service", "RestartSec", "2")));
    }

    private static FileEntry code(String module) {
        return FileEntry.text(source(module), Resources.text(Guesses.class, module + ".erl"));
    }

    private static String source(String module) {
        return "/usr/lib/xmpp/" + module + ".erl";
    }

    /** Returns what is counted. A request without a password is not a guess; an empty key is not counted. */
    static Directive[] zones() {
        return new Directive[] {
            Directive.of("map", "$binary_remote_addr", NETWORK)
                    .with(
                            Directive.of("default", "$binary_remote_addr"),
                            Directive.of("~(?s)^(?<xmpp_prefix>.{8}).{8}$", "$xmpp_prefix")),
            Directive.of("map", "$http_authorization", GUESSER)
                    .with(Directive.of("default", NETWORK), Directive.of("", "")),
            Directive.of("map", GUESSER, GUESSER + "_account")
                    .with(Directive.of("default", NETWORK + " $remote_user"), Directive.of("", "")),
            Directive.of("limit_req_zone", GUESSER + "_account", "zone=" + ACCOUNTS + ":1m", "rate=1r/s"),
            Directive.of("limit_req_zone", GUESSER, "zone=" + NETWORKS + ":1m", "rate=3r/s")
        };
    }

    /** Returns the limits. A page of the console makes some ten requests, all with the right password. */
    static List<Directive> limits() {
        return List.of(
                Directive.of("limit_req", "zone=" + ACCOUNTS, "burst=60", "nodelay"),
                Directive.of("limit_req", "zone=" + NETWORKS, "burst=120", "nodelay"),
                Directive.of("limit_req_status", 429));
    }
}
