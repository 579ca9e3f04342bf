package dev.firstboot.image;

import dev.firstboot.internal.check.Limits;
import dev.firstboot.internal.json.Kind;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A check of the machine's own services, repeated by the machine until it passes. A machine is ready when all of its probes have passed. A probe
 * makes a real handshake; "the unit is active" does not count.
 */
public sealed interface Probe permits Probe.Command, Probe.Tls, Probe.Http {
    /** Returns the probe's name within its recipe. */
    String name();

    /** A program supplied by the workload that exits with 0 when the service answers correctly. It runs as root, with a time limit of 30 seconds. */
    @Kind("command")
    record Command(String name, List<String> argv) implements Probe {
        public Command {
            Names.label("probe name", name);
            argv = List.copyOf(Objects.requireNonNull(argv, "argv"));
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("probe " + name + " has no command");
            }
            UnixPath.of(argv.get(0));
        }
    }

    /**
     * A TLS handshake on loopback, made by openssl's s_client, that verifies the certificate for {@code serverName}.
     *
     * @param startTls the plain-text protocol that starts TLS; {@code NONE} for TLS from the first byte
     * @param trust file of the CA certificates to trust
     */
    @Kind("tls")
    record Tls(String name, int port, StartTls startTls, DomainName serverName, UnixPath trust) implements Probe {
        public Tls {
            Names.label("probe name", name);
            Objects.requireNonNull(startTls, "startTls");
            Objects.requireNonNull(serverName, "serverName");
            Objects.requireNonNull(trust, "trust");
            Limits.port(port);
        }
    }

    /**
     * An HTTP request to loopback, whatever host the URL names. The response must have this {@code status}. Redirects are not followed.
     *
     * @param trust file of the CA certificates to trust; ignored for plain HTTP
     */
    @Kind("http")
    record Http(String name, URI url, int status, UnixPath trust) implements Probe {
        public Http {
            Names.label("probe name", name);
            Objects.requireNonNull(url, "url");
            if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
                throw new IllegalArgumentException("probe " + name + ": '" + url + "' is not an http or https URL");
            }
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("probe " + name + ": " + status + " is not an HTTP status");
            }
            Objects.requireNonNull(trust, "trust");
        }
    }

    /** The protocols with which a probe can start TLS, named as in openssl's {@code -starttls}. */
    enum StartTls {
        NONE,
        XMPP,
        XMPP_SERVER,
        SMTP,
        IMAP,
        POSTGRES
    }

    /** Returns a probe that runs a program of the workload. */
    static Probe command(String name, String... argv) {
        return new Command(name, List.of(Objects.requireNonNull(argv, "argv")));
    }

    /** Returns a probe whose HTTP response must have this {@code status}; the system's CA certificates are trusted. */
    static Probe http(String name, String url, int status) {
        return new Http(
                name,
                Names.uri("the URL of probe " + name, Objects.requireNonNull(url, "url")),
                status,
                UnixPath.of("/etc/ssl/certs/ca-certificates.crt"));
    }
}
