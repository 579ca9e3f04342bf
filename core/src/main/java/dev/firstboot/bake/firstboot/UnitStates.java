package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.Tree;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Enables, disables and masks units with the links that {@code systemctl --root} would make. Also writes an equivalent preset, so that applying
 * presets again does not revert this. Not thread-safe.
 */
final class UnitStates {
    private static final Pattern DEPENDENCY =
            Pattern.compile(UnitFiles.ETC + "/[^/]+\\.(wants|requires|upholds)/[^/]+");
    private static final Pattern ALIAS = Pattern.compile(UnitFiles.ETC + "/[^/]+");
    private static final Pattern SYSV_START = Pattern.compile("/etc/rc[S0-9]\\.d/S[0-9][0-9].*");

    private final Layout layout;
    private final UnitFiles files;
    /** Lines of the preset: {@code enable} or {@code disable} by unit. */
    private final Map<String, String> preset = new LinkedHashMap<>();

    UnitStates(Layout layout) {
        this.layout = layout;
        this.files = new UnitFiles(layout);
    }

    boolean exists(String unit) {
        return files.find(unit).isPresent();
    }

    /** Returns whether the unit has an [Install] section that can start it. */
    boolean canBeEnabled(String unit) {
        return files.install(unit).map(section -> !section.isEmpty()).orElse(false);
    }

    void enable(String unit) {
        enable(unit, new HashSet<>());
    }

    void disable(String unit) {
        disable(unit, new HashSet<>());
    }

    void mask(String unit) {
        layout.link(UnitFiles.ETC + "/" + unit, "/dev/null");
        preset.put(unit, "disable");
    }

    /** Writes the preset; must be the last call. */
    void writePreset() {
        StringBuilder text = new StringBuilder("# What this image starts at boot, and what it does not.\n");
        preset.forEach(
                (unit, verb) -> text.append(verb).append(' ').append(unit).append('\n'));
        layout.text("/etc/systemd/system-preset/00-firstboot.preset", 0644, text.toString());
    }

    private void enable(String unit, Set<String> seen) {
        Optional<String> file = files.find(unit);
        Optional<InstallSection> install = files.install(unit);
        if (!seen.add(unit) || file.isEmpty() || install.isEmpty()) {
            return;
        }
        preset.put(unit, "enable");
        InstallSection section = install.get();
        String name = UnitFiles.isTemplate(unit) && !section.defaultInstance().isEmpty()
                ? unit.replace("@.", "@" + section.defaultInstance() + ".")
                : unit;
        if (!UnitFiles.isTemplate(name)) {
            section.wantedBy().forEach(target -> want(target, "wants", name, file.get()));
            section.requiredBy().forEach(target -> want(target, "requires", name, file.get()));
            section.upheldBy().forEach(target -> want(target, "upholds", name, file.get()));
        }
        section.alias().stream()
                .map(alias -> expand(alias, name))
                .filter(alias -> !alias.equals(name))
                .forEach(alias -> layout.link(UnitFiles.ETC + "/" + alias, file.get()));
        section.also().forEach(other -> enable(expand(other, name), seen));
    }

    private void want(String target, String how, String name, String file) {
        layout.link(UnitFiles.ETC + "/" + expand(target, name) + "." + how + "/" + name, file);
    }

    private void disable(String unit, Set<String> seen) {
        if (!seen.add(unit)) {
            return;
        }
        preset.put(unit, "disable");
        for (TarEntry entry : layout.tree().below(UnitFiles.ETC)) {
            if (entry.kind() == TarEntry.Kind.SYMLINK && starts(entry, unit)) {
                layout.removals().add(entry.path());
            }
        }
        List.copyOf(layout.overlay().paths()).stream()
                .filter(path -> DEPENDENCY.matcher(path).matches() && isOrIsInstanceOf(name(path), unit))
                .forEach(layout.overlay()::remove);
        if (files.find(unit).isEmpty()) {
            disableSysv(unit);
        }
        files.install(unit).ifPresent(section -> section.also().forEach(other -> disable(other, seen)));
    }

    private static boolean starts(TarEntry link, String unit) {
        if (DEPENDENCY.matcher(link.path()).matches()) {
            return isOrIsInstanceOf(link.name(), unit);
        }
        return ALIAS.matcher(link.path()).matches()
                && !link.name().equals(unit)
                && name(Tree.follow(link)).equals(unit);
    }

    /** Disables a SysV init script, which is started by its links in /etc/rc?.d. */
    private void disableSysv(String unit) {
        String script = unit.replaceFirst("\\.service$", "");
        if (layout.tree().exists("/etc/init.d/" + script)) {
            layout.removeBelow(
                    "/etc",
                    entry -> SYSV_START.matcher(entry.path()).matches()
                            && entry.name().substring(3).equals(script));
        }
    }

    private static boolean isOrIsInstanceOf(String name, String unit) {
        return name.equals(unit)
                || (UnitFiles.isTemplate(unit)
                        && UnitFiles.isInstance(name)
                        && UnitFiles.template(name).equals(unit));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Expands the specifiers that make sense in [Install]. */
    private static String expand(String word, String unit) {
        int at = unit.indexOf('@');
        String stem = unit.substring(0, unit.lastIndexOf('.'));
        return word.replace("%i", UnitFiles.instance(unit))
                .replace("%I", UnitFiles.instance(unit))
                .replace("%n", unit)
                .replace("%N", stem)
                .replace("%p", at >= 0 ? unit.substring(0, at) : stem)
                .replace("%%", "%");
    }
}
