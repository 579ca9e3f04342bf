package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Sandbox;

/** The sandbox of each service of this workload: whatever speaks to strangers, or handles what they sent. */
final class Sandboxes {
    private static final String LOCAL = "AF_UNIX";
    private static final String[] NETWORK = {LOCAL, "AF_INET", "AF_INET6"};
    /** With the kernel's table of addresses, which is asked for where a name is resolved or an address looked for. */
    private static final String[] NETWORK_AND_ADDRESSES = {LOCAL, "AF_INET", "AF_INET6", "AF_NETLINK"};

    private static final String SECRETS = "/var/lib/firstboot/secrets";
    private static final String AUTHORITY = "/var/lib/firstboot/ca";

    private Sandboxes() {}

    /** Erlang compiles while it runs, so that its memory may become executable; where it changes a file's mode, it sets the owner as well, to the one there is. */
    static Unit ejabberd(Unit unit) {
        return Sandbox.strict()
                .sockets(NETWORK_AND_ADDRESSES)
                .withoutCalls("@resources", "@setuid")
                .writes("/var/lib/ejabberd", Modules.UPLOADS, "/var/log/ejabberd")
                .around(unit);
    }

    /**
     * The master stays root: it reads the key, opens the ports and the logs of its workers, and signals them; they are {@code www-data}. It writes its number
     * into {@code /run} itself, and sets how many files a worker may open, for which it needs {@code @resources}.
     */
    static Unit nginx(Unit unit) {
        return Sandbox.strict()
                .sockets(NETWORK)
                .capabilities(
                        "CAP_NET_BIND_SERVICE", "CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL")
                .withoutNewCode()
                .writes("/run", "/var/lib/nginx", "/var/log/nginx")
                .hides(SECRETS, AUTHORITY, "/etc/letsencrypt", "/var/lib/ejabberd", "/var/lib/postgresql")
                .around(unit);
    }

    /** Debian starts it as root and changes to its user later; that is done before. */
    static Unit postgresql(Unit unit) {
        return Sandbox.strict()
                .sockets(NETWORK)
                .withoutCalls("@privileged", "@resources")
                .withoutNewCode()
                .writes("/var/lib/postgresql", "/var/log/postgresql", "/run/postgresql")
                .around(unit.set("Service", "User", "postgres").set("Service", "Group", "postgres"));
    }

    /**
     * What obtains certificates: root, as only root may read the keys; Python's foreign functions make memory executable. The directories that it would make
     * for itself are made for it.
     */
    static Unit certbot(Unit unit) {
        return Sandbox.strict()
                .sockets(NETWORK_AND_ADDRESSES)
                .capabilities("CAP_CHOWN")
                .withoutCalls("@resources")
                .writes("/run", "/var/lib/firstboot", "/etc/letsencrypt")
                .hides("/var/lib/ejabberd", "/var/lib/postgresql")
                .around(unit.set("Service", "StateDirectory", "letsencrypt")
                        .set("Service", "StateDirectoryMode", "0700")
                        .set("Service", "LogsDirectory", "letsencrypt")
                        .set("Service", "LogsDirectoryMode", "0700"));
    }

    /** What issues a certificate of the machine's own: it speaks to nobody but systemd. */
    static Unit authority(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL)
                .capabilities("CAP_CHOWN")
                .withoutCalls("@resources")
                .writes("/run", "/var/lib/firstboot")
                .hides(SECRETS, "/var/lib/ejabberd", "/var/lib/postgresql")
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
                .hides("/var/lib/ejabberd", "/var/lib/postgresql")
                .around(unit);
    }

    /** What compiles a module of ejabberd's from the image. */
    static Unit compiler(Unit unit) {
        return Sandbox.strict()
                .sockets(LOCAL)
                .withoutCalls("@privileged", "@resources")
                .hides(SECRETS, AUTHORITY, "/var/lib/ejabberd", "/var/lib/postgresql")
                .around(unit);
    }
}
