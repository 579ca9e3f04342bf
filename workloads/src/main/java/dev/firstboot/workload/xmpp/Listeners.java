package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Port;
import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Yaml;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ports on which ejabberd listens. NGINX has the public web ports; ejabberd's HTTP is unencrypted on loopback, behind it. */
final class Listeners {
    static final int HTTP = 5280;
    static final int CONSOLE = 5282;
    static final int COMPONENTS = 5347;
    static final int STUN = 3478;
    /** Ports on which the TURN server relays media; each call takes one or two. */
    static final int RELAY_FIRST = 49152;

    static final int RELAY_LAST = 49183;
    static final String COMPONENT_PASSWORD = "COMPONENT_PASSWORD";
    static final String TURN_ADDRESS = "TURN_IPV4_ADDRESS";

    private static final int CLIENT_STANZA = 262_144;
    private static final int SERVER_STANZA = 524_288;

    private Listeners() {}

    static List<Listener> all(Release release) {
        return List.of(
                clients(Port.tcp(5222, "XMPP clients"), false),
                clients(Port.tcp(5223, "XMPP clients over TLS"), true),
                servers(Port.tcp(5269, "XMPP servers"), false),
                servers(Port.tcp(5270, "XMPP servers over TLS"), true),
                components(),
                web(),
                console(release),
                stun(Port.udp(STUN, "STUN and TURN")),
                stun(Port.tcp(STUN, "STUN and TURN")));
    }

    /** Returns the ports that modules open themselves. */
    static Stream<Port> ofModules() {
        return Stream.concat(
                Stream.of(Port.tcp(Modules.PROXY_PORT, "file transfer proxy")),
                IntStream.rangeClosed(RELAY_FIRST, RELAY_LAST).mapToObj(port -> Port.udp(port, "TURN relay")));
    }

    private static Listener clients(Port port, boolean tls) {
        Yaml.Builder options = Yaml.mapping()
                .put("access", Rules.access(Rules.CLIENTS))
                .put("shaper", Rules.shaperRule(Rules.CLIENT_SPEED))
                .put("max_stanza_size", CLIENT_STANZA);
        if (!tls) {
            options.put("starttls", true).put("starttls_required", true);
        }
        return new Listener(port, "ejabberd_c2s", tls, List.of(), options.build());
    }

    private static Listener servers(Port port, boolean tls) {
        return new Listener(
                port,
                "ejabberd_s2s_in",
                tls,
                List.of(),
                Yaml.mapping()
                        .put("shaper", Rules.shaperRule(Rules.SERVER_SPEED))
                        .put("max_stanza_size", SERVER_STANZA)
                        .build());
    }

    private static Listener components() {
        return new Listener(
                Port.tcp(COMPONENTS, "XMPP components").loopback(),
                "ejabberd_service",
                false,
                List.of(),
                Yaml.mapping()
                        .put("shaper", Rules.shaperRule(Rules.SERVER_SPEED))
                        .putWord("password", COMPONENT_PASSWORD)
                        .build());
    }

    private static Listener web() {
        Map<String, String> handlers = new TreeMap<>();
        handlers.put("/.well-known/host-meta", "mod_host_meta");
        handlers.put("/.well-known/host-meta.json", "mod_host_meta");
        handlers.put("/bosh", "mod_bosh");
        handlers.put("/upload", "mod_http_upload");
        handlers.put("/ws", Guesses.WEB_SOCKET);
        return http(Port.tcp(HTTP, "ejabberd behind NGINX"), handlers);
    }

    /** Returns the console's listener, separate from what the public can reach, so that no spelling of a path leads here. */
    private static Listener console(Release release) {
        Map<String, String> handlers = new TreeMap<>();
        handlers.put("/admin", "ejabberd_web_admin");
        if (Console.hasApi(release)) {
            handlers.put("/api", "mod_http_api");
        }
        return http(Port.tcp(CONSOLE, "console of ejabberd behind NGINX"), handlers);
    }

    private static Listener http(Port port, Map<String, String> handlers) {
        Yaml.Builder table = Yaml.mapping();
        handlers.forEach(table::putWord);
        return new Listener(
                port.loopback(),
                "ejabberd_http",
                false,
                List.copyOf(handlers.keySet()),
                Yaml.mapping().put("request_handlers", table).build());
    }

    private static Listener stun(Port port) {
        return new Listener(
                port,
                "ejabberd_stun",
                false,
                List.of(),
                Yaml.mapping()
                        .put("use_turn", true)
                        .putWord("turn_ipv4_address", TURN_ADDRESS)
                        .put("turn_min_port", RELAY_FIRST)
                        .put("turn_max_port", RELAY_LAST)
                        .put("turn_blacklist", Yaml.texts(RelayPeers.FORBIDDEN))
                        .build());
    }
}
