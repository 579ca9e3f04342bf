package dev.firstboot.workload.xmpp;

import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Sandbox;

/** The sandboxes of this workload's services: of everything that talks to strangers, or handles what they sent. */
final class Sandboxes {
    private static final String LOCAL = "AF_UNIX";
    /** Includes netlink, which is queried to resolve a name or to find an address. */
    private static final String[] NETWORK_AND_ADDRESSES = {LOCAL, "AF_INET", "AF_INET6", "AF_NETLINK"};

    private Sandboxes() {}

    /**
     * Returns ejabberd in its sandbox. Erlang compiles at run time, so memory may become executable; when it changes a file's mode, it also sets the
     * owner, to the current one.
     */
    static Unit ejabberd(Unit unit) {
        return Sandbox.strict()
                .sockets(NETWORK_AND_ADDRESSES)
                .withoutCalls("@resources", "@setuid")
                .writes("/var/lib/ejabberd", Modules.UPLOADS, "/var/log/ejabberd")
                .around(unit);
    }

    /** Returns the unit that finds the machine's address. */
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

    /** Returns the unit that talks to the running node as ejabberd. */
    static Unit relay(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL, "AF_INET")
                .withoutCalls("@privileged", "@resources")
                .withoutState()
                .around(unit);
    }

    /** Returns the unit that compiles an ejabberd module from the image. */
    static Unit compiler(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL)
                .withoutCalls("@privileged", "@resources")
                .withoutState()
                .around(unit);
    }
}
