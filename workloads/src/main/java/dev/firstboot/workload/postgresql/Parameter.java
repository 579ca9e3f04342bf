package dev.firstboot.workload.postgresql;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A need for a server parameter, which replaces the value set by Firstboot or the default of PostgreSQL (PostgreSQL manual, chapter "Server
 * Configuration").
 *
 * @param name such as {@code shared_buffers}
 * @param value such as {@code 1GB}, without quotes
 */
public record Parameter(String name, String value) implements PostgresqlNeed {
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,63}");
    /** Parameters that decide where the cluster is and who reaches it. */
    private static final Set<String> FIXED = Set.of(
            "data_directory",
            "hba_file",
            "ident_file",
            "external_pid_file",
            "cluster_name",
            "listen_addresses",
            "port",
            "unix_socket_directories",
            "password_encryption",
            "include",
            "include_dir",
            "include_if_exists");

    public Parameter {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "' is not valid: expected a name such as shared_buffers");
        }
        if (FIXED.contains(name)) {
            throw new IllegalArgumentException(
                    "parameter " + name + " is set by Firstboot: where the server is depends on it");
        }
        if (name.equals("max_connections")) {
            throw new IllegalArgumentException(
                    "parameter max_connections is the sum of what databases ask for; use Database.connections");
        }
        if (Objects.requireNonNull(value, "value").chars().anyMatch(c -> c < 0x20)) {
            throw new IllegalArgumentException("the value of parameter " + name + " must be one line");
        }
    }

    @Override
    public Postgresql service() {
        return Postgresql.SERVICE;
    }
}
