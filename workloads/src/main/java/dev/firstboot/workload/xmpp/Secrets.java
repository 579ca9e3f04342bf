package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Secret;
import java.util.List;

/** What each machine makes for itself, and what its owner may hand it. */
final class Secrets {
    static final String DATABASE = "database-password";
    static final String ADMIN = "admin-password";
    static final String PROBE = "probe-password";
    static final String COMPONENT = "component-password";
    static final String COOKIE = "erlang-cookie";
    static final String CLOUDFLARE = "cloudflare-token";
    static final String EMAIL = "acme-email";
    static final String ADDRESS = "public-address";

    private Secrets() {}

    static List<Secret> all() {
        return List.of(
                Secret.password(DATABASE, 40),
                Secret.password(ADMIN, 24),
                Secret.password(PROBE, 40),
                Secret.password(COMPONENT, 40),
                Secret.password(COOKIE, 40),
                Secret.supplied(CLOUDFLARE),
                Secret.supplied(EMAIL),
                Secret.supplied(ADDRESS));
    }

    /** Where the machine keeps the secret of this name. */
    static String path(String name) {
        return "/var/lib/firstboot/secrets/" + XmppRecipe.NAME + "/" + name;
    }
}
