package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Port;
import dev.firstboot.workload.config.Yaml;
import java.util.List;

/**
 * A port on which ejabberd listens.
 *
 * @param port the port, with protocol, exposure and purpose
 * @param module the part of ejabberd that serves it
 * @param tls whether TLS starts with the first byte
 * @param paths the HTTP paths it handles; empty for other protocols
 * @param options the other options of its section
 */
record Listener(Port port, String module, boolean tls, List<String> paths, Yaml.Mapping options) {
    Listener {
        paths = List.copyOf(paths);
    }

    boolean isHttp() {
        return !paths.isEmpty();
    }

    Yaml yaml() {
        Yaml.Builder out = Yaml.mapping()
                .put("port", port.number())
                .put("ip", port.exposure() == Port.Exposure.OPEN ? "::" : Settings.LOOPBACK)
                .putWord("module", module);
        if (port.protocol() == Port.Protocol.UDP) {
            out.putWord("transport", "udp");
        }
        options.entries().forEach(option -> out.put(option.key(), option.value()));
        if (tls) {
            out.put("tls", true);
        }
        return out.build();
    }
}
