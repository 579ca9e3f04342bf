package dev.firstboot.bake.scan;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that are a secret by their place and name, whatever is in them. */
final class PathRules {
    private static final Pattern SSH_HOST_KEY = Pattern.compile("/etc/ssh/ssh_host_.*_key");
    private static final Pattern SEED =
            Pattern.compile("/var/lib/(systemd|urandom)/random-seed|/(boot|efi)(/.*)?/loader/random-seed");
    private static final Pattern ACME =
            Pattern.compile("/etc/letsencrypt/(accounts|live|archive|keys|csr)/(?!README$).*");
    private static final Pattern NETWORK =
            Pattern.compile("/etc/NetworkManager/system-connections/.*|/var/lib/iwd/.*\\.(psk|8021x)");
    private static final Pattern OWN = Pattern.compile("/var/lib/firstboot/.*");
    private static final Pattern PRIVATE =
            Pattern.compile("/etc/ssl/private/.*|(/.*)?/\\.gnupg/private-keys-v1\\.d/.*");
    private static final Pattern CREDENTIAL = Pattern.compile("/etc/credstore(\\.encrypted)?/.*");
    private static final Pattern HOME = Pattern.compile("/(root|home/[^/]+|var/lib/[^/]+)/[^/]+");
    private static final Set<String> HISTORIES = Set.of(
            ".bash_history",
            ".sh_history",
            ".ash_history",
            ".zsh_history",
            ".psql_history",
            ".mysql_history",
            ".sqlite_history",
            ".python_history",
            ".node_repl_history",
            ".rediscli_history");

    private PathRules() {}

    /** What a file of this path and size is, if its path alone says it. */
    static Optional<Kind> kindOf(String path, long size) {
        if (size == 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (path) {
                    case "/etc/machine-id", "/var/lib/dbus/machine-id" -> Kind.MACHINE_ID;
                    case "/etc/hostid" -> Kind.HOST_ID;
                    case "/etc/zfs/zpool.cache" -> Kind.POOL_CACHE;
                    case "/var/lib/systemd/credential.secret" -> Kind.CREDENTIAL_SECRET;
                    default -> byPattern(path, path.substring(path.lastIndexOf('/') + 1));
                });
    }

    private static @Nullable Kind byPattern(String path, String name) {
        if (path.startsWith("/usr/")) {
            return null;
        } else if (name.equals(".erlang.cookie")) {
            return Kind.ERLANG_COOKIE;
        } else if (HISTORIES.contains(name) && HOME.matcher(path).matches()) {
            return Kind.SHELL_HISTORY;
        } else if (name.endsWith(".keytab")) {
            return Kind.KEYTAB;
        } else if (SSH_HOST_KEY.matcher(path).matches()) {
            return Kind.SSH_HOST_KEY;
        } else if (SEED.matcher(path).matches()) {
            return Kind.RANDOM_SEED;
        } else if (ACME.matcher(path).matches()) {
            return Kind.CERTIFICATE_ACCOUNT;
        } else if (NETWORK.matcher(path).matches()) {
            return Kind.NETWORK_KEY;
        } else if (PRIVATE.matcher(path).matches()) {
            return Kind.PRIVATE_KEY;
        } else if (CREDENTIAL.matcher(path).matches() || OWN.matcher(path).matches()) {
            return Kind.PASSWORD;
        }
        return null;
    }
}
