package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Secret;
import dev.firstboot.workload.config.ShellWords;
import java.util.List;

/** The secrets that each machine generates, and those that its owner may supply. */
final class Secrets {
    /** Comes with the database. */
    static final Secret DATABASE = checked(Secret.password("database-password", 40), "password");

    static final Secret ADMIN = checked(Secret.password("admin-password", 24), "password");
    static final Secret PROBE = checked(Secret.password("probe-password", 40), "password");

    static final String COMPONENT = "component-password";
    static final String COOKIE = "erlang-cookie";
    static final String ADDRESS = "public-address";

    private Secrets() {}

    static List<Secret> all() {
        return List.of(
                ADMIN,
                PROBE,
                checked(Secret.password(COMPONENT, 40), "password"),
                checked(Secret.password(COOKIE, 40), "cookie"),
                checked(Secret.supplied(ADDRESS), "address"));
    }

    /** Returns a secret whose supplied value is stored in the form that its service accepts, or refused. */
    private static Secret checked(Secret secret, String kind) {
        return secret.checkedBy("#!/bin/sh\nexec " + ShellWords.join(Scripts.path("values"), kind) + "\n");
    }
}
