package dev.firstboot.workload.xmpp;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Workload;
import dev.firstboot.workload.tls.Acme;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An XMPP service: ejabberd with its accounts, rosters, archive and rooms in PostgreSQL, NGINX in front of its web services, and a certificate that
 * the machine issues itself until an ACME authority provides a better one. On Debian 13 it meets the level "advanced server" of XEP-0479 (XMPP Compliance Suites
 * 2023); {@code docs/xmpp.md} has the table.
 *
 * <p>Immutable and thread-safe: each method returns a changed copy. Each machine generates the administrator's password at its first boot, in
 * {@code /var/lib/firstboot/secrets/xmpp/admin-password}, or takes it from the systemd credential {@code firstboot.xmpp.admin-password}.
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public final class Xmpp implements Workload {
    private static final Pattern LOCAL_PART = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final ByteSize LARGEST_UPLOAD = ByteSize.gibibytes(4);

    private final Settings settings;

    private Xmpp(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns a service for accounts such as {@code romeo@chat.example.com}, on one node.
     *
     * @throws IllegalArgumentException if {@code domain} is not a fully qualified DNS name, or has more than 219 characters, the most with which
     *     ejabberd starts
     */
    public static Xmpp cluster(String domain) {
        return new Xmpp(Settings.of(DomainName.of(domain)));
    }

    /**
     * Sets the number of nodes; only 1 is supported.
     *
     * @throws IllegalArgumentException for any number but 1: there is no clustering yet
     */
    public Xmpp nodes(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " nodes make no service: use nodes(1)");
        }
        if (count > 1) {
            throw new IllegalArgumentException("nodes(" + count + ") of " + settings.domain()
                    + " is not possible yet: this version makes a service of one node; use nodes(1) or leave it out");
        }
        return this;
    }

    /**
     * Sets the administrator's name, the part of the address before the {@code @}; defaults to {@code admin}.
     *
     * @throws IllegalArgumentException unless it has up to 64 of a-z, 0-9, '.', '_' and '-' and starts with a letter or digit, or if it is the
     *     probe's account
     */
    public Xmpp admin(String name) {
        if (!LOCAL_PART.matcher(name).matches()) {
            throw new IllegalArgumentException("administrator '" + name
                    + "' is not valid: use up to 64 of a-z, 0-9, '.', '_' and '-', starting with a letter or digit");
        }
        if (name.equals(Settings.PROBE)) {
            throw new IllegalArgumentException(
                    "administrator '" + name + "' is the account the machine probes itself with; choose another name");
        }
        return new Xmpp(settings.withAdmin(name));
    }

    /** Sets the size limit for uploaded files; defaults to 100 MiB, at most 4 GiB. */
    public Xmpp uploadLimit(ByteSize limit) {
        if (limit.bytes() < 1 || limit.bytes() > LARGEST_UPLOAD.bytes()) {
            throw new IllegalArgumentException("upload limit " + limit + " is not within 1 byte to " + LARGEST_UPLOAD);
        }
        return new Xmpp(settings.withUploadLimit(limit));
    }

    /** Sets the hash for storing and verifying passwords; defaults to {@link ScramHash#SHA1}. It cannot be changed on a machine that has accounts. */
    public Xmpp scram(ScramHash hash) {
        return new Xmpp(settings.withScram(Objects.requireNonNull(hash, "hash")));
    }

    /** Sets the authority for all certificates of the machine, used once it has a credential; defaults to {@link Acme#letsEncrypt()}. */
    public Xmpp acme(Acme acme) {
        return new Xmpp(settings.withAcme(Objects.requireNonNull(acme, "acme")));
    }

    /**
     * Opens the administration console, and on Debian 13 the HTTP API, on port 443 to these networks; by default only the machine itself can reach
     * them. Each network is in CIDR notation, IPv4 or IPv6, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}, or a single address; a second call
     * replaces the first. {@code 0.0.0.0/0} and {@code ::/0} mean everyone: then only passwords protect the console.
     *
     * @throws IllegalArgumentException if one of them is not a network, or if there is none
     */
    public Xmpp console(String... networks) {
        if (networks.length == 0) {
            throw new IllegalArgumentException(
                    "console() names no network: name those that may reach it, or leave it out");
        }
        return new Xmpp(settings.withConsole(
                Arrays.stream(networks).map(Network::of).distinct().toList()));
    }

    /** Returns the domain of the accounts. */
    public DomainName domain() {
        return settings.domain();
    }

    @Override
    public Recipe recipe(Release release) {
        return new XmppRecipe(settings, release).recipe();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xmpp that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        return "Xmpp[" + settings.domain() + ", 1 node, administrator " + settings.admin() + "@" + settings.domain()
                + "]";
    }
}
