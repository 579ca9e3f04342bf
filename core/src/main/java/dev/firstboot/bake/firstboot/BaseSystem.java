package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.image.Content;
import dev.firstboot.image.Resources;
import dev.firstboot.plan.Configure;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every image has, whatever its workloads: names, network, locale, limits, and no timers that change the system by themselves. */
final class BaseSystem {
    /** Started if the image contains them. */
    private static final List<String> ENABLED =
            List.of("systemd-networkd.service", "systemd-resolved.service", "logrotate.timer");

    /** Not started. An image is replaced, not upgraded behind its owner's back; the file systems that the other units maintain do not exist. */
    private static final List<String> DISABLED = List.of(
            "apt-daily.timer",
            "apt-daily-upgrade.timer",
            "man-db.timer",
            "e2scrub_all.timer",
            "e2scrub_reap.service",
            "fstrim.timer");

    /** Resources, and the directories they are copied to. */
    private static final SortedMap<String, String> FILES = new TreeMap<>(Map.of(
            "etc/10-firstboot-container.network", "/etc/systemd/network",
            "etc/20-firstboot-ethernet.network", "/etc/systemd/network",
            "etc/10-firstboot-wait-online.conf", "/etc/systemd/system/systemd-networkd-wait-online.service.d",
            "etc/10-firstboot-networkd.conf", "/etc/systemd/system/systemd-networkd.service.d",
            "etc/10-firstboot-resolved.conf", "/etc/systemd/resolved.conf.d",
            "etc/10-firstboot-system.conf", "/etc/systemd/system.conf.d",
            "etc/10-firstboot-logrotate.conf", "/etc/systemd/system/logrotate.timer.d",
            "etc/10-firstboot-journal.conf", "/etc/systemd/journald.conf.d",
            "etc/10-firstboot-ptrace.conf", "/etc/sysctl.d"));

    private static final String LOGROTATE = "/etc/logrotate.conf";
    private static final String UTC = "/usr/share/zoneinfo/Etc/UTC";
    private static final Pattern ZONE = Pattern.compile("/usr/share/zoneinfo/([A-Za-z0-9_+/-]+)$");

    private BaseSystem() {}

    static void layOut(Configure image, Layout layout) {
        layout.accounts().lock("root");
        layout.text("/etc/hostname", 0644, image.name() + "\n");
        layout.text("/etc/hosts", 0644, hosts(image.name()));
        locale(image, layout);
        FILES.forEach((resource, directory) -> layout.text(
                directory + resource.substring(resource.indexOf('/')),
                0644,
                Resources.text(BaseSystem.class, resource)));
        if (layout.tree().exists(LOGROTATE)) {
            layout.text(LOGROTATE, 0644, Resources.text(BaseSystem.class, "etc/logrotate.conf"));
        }
        if (layout.tree().exists("/usr/lib/systemd/systemd-resolved")) {
            layout.link("/etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf");
        } else {
            // A machine without its own resolver must not use that of the host it was baked on.
            layout.text("/etc/resolv.conf", 0644, "");
        }
        nothingToUpdate(layout);
    }

    static void states(UnitStates states) {
        ENABLED.stream().filter(states::exists).forEach(states::enable);
        DISABLED.stream().filter(states::exists).forEach(states::disable);
    }

    private static String hosts(String name) {
        return """
                127.0.0.1 localhost
                127.0.1.1 %s

                ::1 localhost ip6-localhost ip6-loopback
                ff02::1 ip6-allnodes
                ff02::2 ip6-allrouters
                """.formatted(name);
    }

    private static void locale(Configure image, Layout layout) {
        boolean shared = layout.tree().exists("/etc/locale.conf");
        layout.text(shared ? "/etc/locale.conf" : "/etc/default/locale", 0644, "LANG=C.UTF-8\n");
        layout.link("/etc/localtime", UTC);
        if (layout.tree().exists("/etc/timezone")) {
            layout.text("/etc/timezone", 0644, zone(image) + "\n");
        }
    }

    /** Returns the time zone to which a recipe links {@code /etc/localtime}: Debian 12 keeps its name in another file too. */
    private static String zone(Configure image) {
        return image.recipes().stream()
                .flatMap(recipe -> recipe.files().stream())
                .filter(file -> file.path().value().equals("/etc/localtime"))
                .filter(file -> file.content() instanceof Content.Symlink)
                .map(file -> ZONE.matcher(((Content.Symlink) file.content()).target()))
                .filter(Matcher::find)
                .map(zone -> zone.group(1))
                .findFirst()
                .orElse("Etc/UTC");
    }

    /**
     * Prevents updates at first boot. Caches were built when the packages were installed. Without these two files, not older than /usr, systemd would
     * rebuild all of them at first boot (systemd.unit(5), ConditionNeedsUpdate=).
     */
    private static void nothingToUpdate(Layout layout) {
        long installed = layout.tree().entry("/usr").map(TarEntry::time).orElse(0L);
        layout.overlay().stamp("/etc/.updated", installed + 1);
        layout.overlay().stamp("/var/.updated", installed + 1);
    }
}
