package dev.firstboot.workload.xmpp;

import java.util.List;

/** To whom the TURN server relays: to the public internet, and to nobody whom only the machine can reach. */
final class RelayPeers {
    /**
     * What IANA's special-purpose registries (RFC 6890) call not globally reachable, multicast, and IPv6 that stands for some IPv4. Not {@code ::ffff:0:0/96}:
     * ejabberd holds all of IPv4 to be within that, and each range of IPv4 against addresses that are mapped into IPv6.
     */
    static final List<String> FORBIDDEN = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    /** Rules of the kernel's packet filter, which an image keeps here. */
    static final String RULES_FILE = "/etc/xmpp/relay.nft";

    /**
     * What goes to the machine itself by its public address comes over loopback, past the ports that are closed to the outside. The relays are open to each
     * other there, so that two callers of the same server hear each other. The server's own questions to a resolver on loopback are left alone.
     */
    static String rules() {
        String relays = Listeners.RELAY_FIRST + "-" + Listeners.RELAY_LAST;
        return """
                # What the TURN server sends to the machine itself: to other relays, and to nothing else.
                table inet xmpp-relay
                delete table inet xmpp-relay
                table inet xmpp-relay {
                  chain output {
                    type filter hook output priority filter
                    oifname "lo" meta skuid "ejabberd" udp sport %1$s udp dport != %1$s ip daddr != 127.0.0.0/8 drop
                    oifname "lo" meta skuid "ejabberd" udp sport %1$s udp dport != %1$s ip6 daddr != ::1 drop
                  }
                }
                """.formatted(relays);
    }

    private RelayPeers() {}
}
