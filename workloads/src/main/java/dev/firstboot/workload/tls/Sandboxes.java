package dev.firstboot.workload.tls;

import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Sandbox;

/** The sandboxes of the units that issue and obtain certificates. */
final class Sandboxes {
    private Sandboxes() {}

    /**
     * Returns the unit that obtains certificates: root, because only root may read the keys; Python's foreign function interface needs executable
     * memory. The directories that it would create itself are created for it.
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

    /** Returns the unit that issues the machine's own certificates: it talks to nobody but systemd. */
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
