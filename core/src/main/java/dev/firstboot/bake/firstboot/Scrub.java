package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.tree.TarEntry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Removes what installing packages leaves behind: identities, keys that packages generate for themselves, caches and logs. */
final class Scrub {
    private static final List<String> FILES = List.of(
            "/etc/.pwd.lock",
            "/etc/.resolv.conf.systemd-resolved.bak",
            "/etc/hostid",
            "/etc/zfs/zpool.cache",
            "/etc/passwd-",
            "/etc/group-",
            "/etc/shadow-",
            "/etc/gshadow-",
            "/etc/subuid-",
            "/etc/subgid-",
            "/var/lib/dbus/machine-id",
            "/var/lib/systemd/random-seed",
            "/var/lib/systemd/credential.secret",
            "/var/cache/ldconfig/aux-cache",
            // Who logged in, and when; its writer creates it again.
            "/var/lib/wtmpdb/wtmp.db",
            // ssl-cert generates this pair during installation; every machine would share it.
            "/etc/ssl/private/ssl-cert-snakeoil.key",
            "/etc/ssl/certs/ssl-cert-snakeoil.pem");

    private static final List<String> EMPTIED = List.of(
            "/tmp", "/var/tmp", "/run", "/var/lib/apt/lists", "/var/cache/apt", "/var/cache/man", "/var/lib/ucf/cache");
    /** Directories that programs expect, even when they are empty. */
    private static final Set<String> KEPT = Set.of(
            "/var/lib/apt/lists/partial",
            "/var/lib/apt/lists/auxfiles",
            "/var/cache/apt/archives",
            "/var/cache/apt/archives/partial",
            "/run/lock");

    private static final Pattern HOST_KEY = Pattern.compile("/etc/ssh/ssh_host_.*_key(\\.pub)?");
    private static final Pattern BACKUP = Pattern.compile("/var/(lib/dpkg|cache/debconf)/.*-old");

    private Scrub() {}

    /** Removes logs. Root creates its logs again. Other users could not in a directory owned by root, so theirs stay, empty. */
    private static void logs(Layout layout) {
        for (TarEntry log : layout.tree().below("/var/log")) {
            if (log.isFile() && log.uid() != 0 && log.size() > 0) {
                layout.file(log.path(), log.mode(), (int) log.uid(), (int) log.gid(), new byte[0]);
            } else if (!log.isDirectory() && log.size() > 0) {
                layout.removals().add(log.path());
            }
        }
    }

    static void layOut(Layout layout) {
        FILES.forEach(layout::remove);
        EMPTIED.forEach(directory -> layout.removeBelow(directory, entry -> !KEPT.contains(entry.path())));
        logs(layout);
        layout.removeBelow("/etc/ssh", entry -> HOST_KEY.matcher(entry.path()).matches());
        layout.removeBelow("/var", entry -> BACKUP.matcher(entry.path()).matches());
        layout.removeBelow(
                "/etc/ssl/certs",
                entry -> entry.kind() == TarEntry.Kind.SYMLINK && entry.link().endsWith("ssl-cert-snakeoil.pem"));
        // Their owner depends on who installed the packages. apt makes them its own.
        layout.accounts().uid("_apt").ifPresent(apt -> {
            layout.directory("/var/lib/apt/lists/partial", 0700, apt, 0);
            layout.directory("/var/cache/apt/archives/partial", 0700, apt, 0);
        });
        // Empty, not absent: systemd fills it in, and does not treat the boot as one that must reset all units.
        layout.text("/etc/machine-id", 0444, "");
    }
}
