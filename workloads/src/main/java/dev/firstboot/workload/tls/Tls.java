package dev.firstboot.workload.tls;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Request;
import dev.firstboot.image.SharedService;
import java.util.List;

/**
 * Certificates of the machine. Each exists from the first boot, issued by the machine's own authority, and is replaced by one from an {@link Acme}
 * authority once the machine has a credential for that and the authority agrees. Nothing waits for ACME. Thread-safe.
 */
public final class Tls implements SharedService<TlsNeed> {
    /** The service of all needs. */
    static final Tls SERVICE = new Tls();

    /** The TLS 1.2 cipher suites that servers offer, in OpenSSL's format; all those of TLS 1.3 are fine. */
    public static final String CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20";

    /** The directory with the key and certificate of the machine's own authority. */
    public static final String AUTHORITY_DIRECTORY = MachinePaths.STATE + "/ca";

    /** The directory with the ACME settings, including the owner's token. */
    public static final String ACME_DIRECTORY = MachinePaths.STATE + "/acme";

    /** The certificate of the machine's own authority, which clients may trust; anyone on the machine may read it. */
    public static final String AUTHORITY = AUTHORITY_DIRECTORY + "/ca.pem";

    private Tls() {}

    /**
     * Returns a need for a certificate for a name.
     *
     * @throws IllegalArgumentException if {@code name} is not a fully qualified DNS name
     */
    public static Certificate certificate(String name) {
        return Certificate.of(DomainName.of(name));
    }

    @Override
    public Recipe recipe(Release release, List<Request<TlsNeed>> requests) {
        return new TlsRecipe(requests).recipe();
    }

    @Override
    public String toString() {
        return TlsRecipe.NAME;
    }
}
