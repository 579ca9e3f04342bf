package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds unit files where systemd looks for them (systemd.unit(5), "Unit File Load Path"), the administrator's first. */
final class UnitFiles {
    static final String ETC = "/etc/systemd/system";
    private static final List<String> PATH = List.of(ETC, "/usr/local/lib/systemd/system", "/usr/lib/systemd/system");
    private static final Pattern UNIT = Pattern.compile("(/etc|/usr/lib|/usr/local/lib)/systemd/system/[^/]+\\.[a-z]+");

    private final Layout layout;

    UnitFiles(Layout layout) {
        this.layout = layout;
    }

    /** Returns whether the text of this file is needed to work with units. */
    static boolean needs(String path) {
        return UNIT.matcher(path).matches();
    }

    /** Returns the path of the unit's own file; for an instance, that of its template. */
    Optional<String> find(String unit) {
        return find(unit, 0).or(() -> isInstance(unit) ? find(template(unit), 0) : Optional.empty());
    }

    /** Returns the [Install] section of the unit's file. */
    Optional<InstallSection> install(String unit) {
        return find(unit).map(path -> {
            String text = layout.overlay().contains(path)
                    ? layout.overlay().textAt(path)
                    : layout.tree().text(path).orElse("");
            return InstallSection.parse(text);
        });
    }

    static boolean isInstance(String unit) {
        int at = unit.indexOf('@');
        return at >= 0 && at + 1 < unit.lastIndexOf('.');
    }

    static boolean isTemplate(String unit) {
        return unit.contains("@.");
    }

    /** Returns the part between '@' and the suffix. */
    static String instance(String unit) {
        return isInstance(unit) ? unit.substring(unit.indexOf('@') + 1, unit.lastIndexOf('.')) : "";
    }

    /** Returns {@code foo@.service} for {@code foo@bar.service}. */
    static String template(String unit) {
        return unit.substring(0, unit.indexOf('@') + 1) + unit.substring(unit.lastIndexOf('.'));
    }

    private Optional<String> find(String unit, int links) {
        for (String directory : PATH) {
            String path = directory + "/" + unit;
            if (layout.overlay().contains(path)) {
                return Optional.of(path);
            }
            Optional<TarEntry> entry = layout.isThere(path) ? layout.tree().entry(path) : Optional.empty();
            if (entry.isPresent()) {
                return entry.get().kind() != TarEntry.Kind.SYMLINK
                        ? Optional.of(path)
                        : links < 8 ? alias(entry.get(), links) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<String> alias(TarEntry link, int links) {
        String target = Tree.follow(link);
        String name = target.substring(target.lastIndexOf('/') + 1);
        // A link to a file elsewhere is a linked unit; a link to /dev/null is a masked one.
        return target.equals("/dev/null") ? Optional.empty() : find(name, links + 1);
    }
}
