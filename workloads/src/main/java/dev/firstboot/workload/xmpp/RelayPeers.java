package dev.firstboot.workload.xmpp;

import java.util.List;

/** To whom the TURN server relays: to the public internet, and to nobody whom only the machine can reach. */
final class RelayPeers {
    /** What IANA's special-purpose registries (RFC 6890) call not globally reachable, multicast, and IPv6 that stands for some IPv4. */
    static final List<String> FORBIDDEN = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private RelayPeers() {}
}
