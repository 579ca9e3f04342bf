package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Secret;
import dev.firstboot.workload.config.ShellWords;
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
                checked(Secret.password(DATABASE, 40), "password"),
                checked(Secret.password(ADMIN, 24), "password"),
                checked(Secret.password(PROBE, 40), "password"),
                checked(Secret.password(COMPONENT, 40), "password"),
                checked(Secret.password(COOKIE, 40), "cookie"),
                checked(Secret.supplied(CLOUDFLARE), "token"),
                checked(Secret.supplied(EMAIL), "mail"),
                checked(Secret.supplied(ADDRESS), "address"));
    }

    /** What an owner supplies is kept as its service takes it, or not at all. */
    private static Secret checked(Secret secret, String kind) {
        return secret.checkedBy("#!/bin/sh\nexec " + ShellWords.join(Scripts.path("values"), kind) + "\n");
    }

    /** Where the machine keeps the secret of this name. */
    static String path(String name) {
        return "/var/lib/firstboot/secrets/" + XmppRecipe.NAME + "/" + name;
    }
}
