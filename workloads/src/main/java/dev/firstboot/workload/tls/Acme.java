package dev.firstboot.workload.tls;

import java.net.URI;
import java.time.Duration;

/**
 * An ACME authority (RFC 8555), with DNS challenges through Cloudflare. The machine uses it once it has the credential
 * {@code firstboot.tls.cloudflare-token}, an API token that may edit the zone's records; {@code firstboot.tls.acme-email} is optional, for warnings
 * by mail. Without the token, and as long as the authority refuses, certificates come from the machine's own authority; a machine never waits for
 * ACME.
 *
 * @param directory the URL of the authority's directory
 * @param cloudflareApi the base URL of Cloudflare's API
 * @param propagation how long to wait until a DNS record is visible everywhere
 */
public record Acme(URI directory, URI cloudflareApi, Duration propagation) implements TlsNeed {
    private static final URI LETS_ENCRYPT = URI.create("https://acme-v02.api.letsencrypt.org/directory");
    private static final URI LETS_ENCRYPT_STAGING =
            URI.create("https://acme-staging-v02.api.letsencrypt.org/directory");
    private static final URI CLOUDFLARE = URI.create("https://api.cloudflare.com/client/v4");

    public Acme {
        web("ACME directory", directory);
        web("Cloudflare API", cloudflareApi);
        if (propagation.isNegative() || propagation.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("propagation time " + propagation + " is not within 0 s to 1 h");
        }
    }

    /** Returns Let's Encrypt, whose certificates clients trust. */
    public static Acme letsEncrypt() {
        return of(LETS_ENCRYPT);
    }

    /** Returns Let's Encrypt's staging authority, for tests: generous limits, certificates that no client trusts. */
    public static Acme letsEncryptStaging() {
        return of(LETS_ENCRYPT_STAGING);
    }

    /** Returns another authority. */
    public static Acme of(URI directory) {
        return new Acme(directory, CLOUDFLARE, Duration.ofSeconds(20));
    }

    @Override
    public Tls service() {
        return Tls.SERVICE;
    }

    private static void web(String what, URI uri) {
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(what + " '" + uri + "' is not an http or https URL");
        }
    }
}
