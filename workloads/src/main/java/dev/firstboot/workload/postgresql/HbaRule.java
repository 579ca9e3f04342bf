package dev.firstboot.workload.postgresql;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of {@code pg_hba.conf}: who may connect to which database from where, and how they authenticate.
 *
 * @param database a database name, or {@code all}
 * @param user a role name, or {@code all}
 * @param address a network such as {@code 127.0.0.1/32}; empty for the Unix socket
 * @param method the authentication method, such as {@code scram-sha-256}
 */
record HbaRule(String database, String user, String address, String method) {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern NETWORK = Pattern.compile("[0-9a-f.:]+/[0-9]{1,3}");

    HbaRule {
        if (!NAME.matcher(database).matches() || !NAME.matcher(user).matches()) {
            throw new IllegalArgumentException(
                    "'" + database + "' and '" + user + "' must be names in lower-case letters, digits and '_'");
        }
        if (!address.isEmpty() && !NETWORK.matcher(address).matches()) {
            throw new IllegalArgumentException("'" + address + "' is not a network such as 127.0.0.1/32");
        }
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("'" + method + "' is not an authentication method");
        }
    }

    /** Returns a rule for the Unix socket. */
    static HbaRule local(String database, String user, String method) {
        return new HbaRule(database, user, "", method);
    }

    /** Returns a rule for TCP, with or without TLS. */
    static HbaRule host(String database, String user, String address, String method) {
        return new HbaRule(database, user, address, method);
    }

    /** Returns the lines as the text of a file; the first rule that matches a connection decides. */
    static String file(List<HbaRule> rules) {
        StringBuilder out = new StringBuilder("# TYPE DATABASE USER ADDRESS METHOD\n");
        for (HbaRule rule : rules) {
            out.append(rule.address.isEmpty() ? "local" : "host")
                    .append(' ')
                    .append(rule.database)
                    .append(' ')
                    .append(rule.user)
                    .append(' ')
                    .append(rule.address.isEmpty() ? "" : rule.address + ' ')
                    .append(rule.method)
                    .append('\n');
        }
        return out.toString();
    }
}
