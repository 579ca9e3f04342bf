package dev.firstboot.bake.scan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that are secret by their path, whatever they contain. */
final class PathRules {
    private record PathRule(Pattern pattern, Kind kind) {
        private PathRule(String pattern, Kind kind) {
            this(Pattern.compile(pattern), kind);
        }
    }

    private static final List<PathRule> PATTERNS = List.of(
            new PathRule("/.*/\\.erlang\\.cookie", Kind.ERLANG_COOKIE),
            new PathRule("/.*\\.keytab", Kind.KEYTAB),
            new PathRule("/etc/ssh/ssh_host_.*_key|/etc/dropbear/.*_host_key", Kind.SSH_HOST_KEY),
            new PathRule(
                    "/.*/\\.ssh/authorized_keys2?|/etc/ssh/authorized_keys(\\.d/.*)?|/etc/dropbear.*/authorized_keys",
                    Kind.LOGIN_KEY),
            new PathRule("/etc/nvme/host(nqn|id)", Kind.DEVICE_NAME),
            new PathRule("/etc/munge/munge\\.key|/etc/(bind/)?rndc\\.key", Kind.SHARED_KEY),
            new PathRule("/.*/(ibdata1|mysql\\.ibd|aria_log_control|auto\\.cnf)", Kind.DATABASE_FILES),
            new PathRule(
                    "/var/lib/(systemd|urandom)/random-seed|/(boot|efi)(/.*)?/loader/random-seed", Kind.RANDOM_SEED),
            new PathRule("/etc/letsencrypt/(accounts|live|archive|keys|csr)/(?!README$).*", Kind.CERTIFICATE_ACCOUNT),
            new PathRule("/etc/NetworkManager/system-connections/.*|/var/lib/iwd/.*\\.(psk|8021x)", Kind.NETWORK_KEY),
            new PathRule("/etc/ssl/private/.*|(/.*)?/\\.gnupg/private-keys-v1\\.d/.*", Kind.PRIVATE_KEY),
            new PathRule("/etc/credstore(\\.encrypted)?/.*|/var/lib/firstboot/.*", Kind.PASSWORD));

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

    /** Returns what a file of this path and size is, if the path alone tells. */
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
        } else if (HISTORIES.contains(name) && HOME.matcher(path).matches()) {
            return Kind.SHELL_HISTORY;
        }
        return PATTERNS.stream()
                .filter(each -> each.pattern().matcher(path).matches())
                .map(PathRule::kind)
                .findFirst()
                .orElse(null);
    }
}
