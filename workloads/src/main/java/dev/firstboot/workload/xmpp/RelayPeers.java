package dev.firstboot.workload.xmpp;

import java.util.List;

/** Which addresses the TURN server relays to: the public internet, and nothing that only the machine can reach. */
final class RelayPeers {
    /**
     * The addresses that IANA's special-purpose registries (RFC 6890) list as not globally reachable, multicast, and IPv6 that embeds IPv4. Not
     * {@code ::ffff:0:0/96}: ejabberd treats all of IPv4 as within it, and also compares each IPv4 range with IPv4-mapped IPv6 addresses.
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

    /** Where an image keeps these nftables rules. */
    static final String RULES_FILE = "/etc/xmpp/relay.nft";

    /**
     * Returns nftables rules. Traffic to the machine's own public address uses loopback, and so bypasses the ports that are closed to the outside.
     * The relays may reach each other there, so that two callers on the same server hear each other. The server's own queries to a resolver on
     * loopback are not affected.
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
