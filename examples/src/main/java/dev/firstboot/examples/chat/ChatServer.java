package dev.firstboot.examples.chat;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * How clients on this host reach a chat server: its public name, where each of its ports is here, and whom to trust. Clients use the name
 * and verify the certificate for it, although the connection goes to a forwarded port of this host.
 *
 * @param domain the name the server serves, such as {@code chat.example.com}
 * @param endpoints from a port of the server to where it is reached
 * @param trust whose certificates are good
 */
public record ChatServer(String domain, IntFunction<InetSocketAddress> endpoints, ServerTrust trust) {
    public ChatServer {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(endpoints, "endpoints");
        Objects.requireNonNull(trust, "trust");
    }

    /** Where this port of the server is reached. */
    public InetSocketAddress endpoint(int port) {
        return endpoints.apply(port);
    }
}
