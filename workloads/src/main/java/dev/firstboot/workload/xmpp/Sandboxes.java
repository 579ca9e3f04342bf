package dev.firstboot.workload.xmpp;

import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Sandbox;

/** The sandbox of each service of this workload: whatever speaks to strangers, or handles what they sent. */
final class Sandboxes {
    private static final String LOCAL = "AF_UNIX";
    /** With the kernel's table of addresses, which is asked for where a name is resolved or an address looked for. */
    private static final String[] NETWORK_AND_ADDRESSES = {LOCAL, "AF_INET", "AF_INET6", "AF_NETLINK"};

    private Sandboxes() {}

    /** Erlang compiles while it runs, so that its memory may become executable; where it changes a file's mode, it sets the owner as well, to the one there is. */
    static Unit ejabberd(Unit unit) {
        return Sandbox.strict()
                .sockets(NETWORK_AND_ADDRESSES)
                .withoutCalls("@resources", "@setuid")
                .writes("/var/lib/ejabberd", Modules.UPLOADS, "/var/log/ejabberd")
                .around(unit);
    }

    /** What looks for the machine's address. */
    static Unit address(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL, "AF_NETLINK")
                .capabilities("CAP_DAC_OVERRIDE")
                .withoutCalls("@resources")
                .withoutNewCode()
                .writes("/run")
                .stateToRead(MachinePaths.SECRETS + "/" + XmppRecipe.NAME)
                .around(unit);
    }

    /** What speaks to the running node as ejabberd. */
    static Unit relay(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL, "AF_INET")
                .withoutCalls("@privileged", "@resources")
                .withoutState()
                .around(unit);
    }

    /** What compiles a module of ejabberd's from the image. */
    static Unit compiler(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL)
                .withoutCalls("@privileged", "@resources")
                .withoutState()
                .around(unit);
    }
}
