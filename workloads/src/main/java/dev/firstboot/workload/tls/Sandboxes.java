package dev.firstboot.workload.tls;

import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Sandbox;

/** The sandbox of what makes and obtains certificates. */
final class Sandboxes {
    private Sandboxes() {}

    /**
     * What obtains certificates: root, as only root may read the keys; Python's foreign functions make memory executable. The directories that it would make
     * for itself are made for it.
     */
    static Unit certbot(Unit unit) {
        return Sandbox.strict()
                .sockets("AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK")
                .capabilities("CAP_CHOWN")
                .withoutCalls("@resources")
                .writes("/run", MachinePaths.STATE, "/etc/letsencrypt", "/var/lib/letsencrypt", "/var/log/letsencrypt")
                .state(MachinePaths.STATE, "/var/lib/letsencrypt")
                .around(unit.set("Service", "StateDirectory", "letsencrypt")
                        .set("Service", "StateDirectoryMode", "0700")
                        .set("Service", "LogsDirectory", "letsencrypt")
                        .set("Service", "LogsDirectoryMode", "0700"));
    }

    /** What issues a certificate of the machine's own: it speaks to nobody but systemd. */
    static Unit authority(Unit unit) {
        return Sandbox.strict()
                .sockets("AF_UNIX")
                .capabilities("CAP_CHOWN")
                .withoutCalls("@resources")
                .writes("/run", MachinePaths.STATE)
                .state(MachinePaths.STATE)
                .hides(MachinePaths.SECRETS)
                .around(unit);
    }
}
