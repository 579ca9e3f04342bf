package dev.firstboot.bake.scan;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.Tree;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dpkg's records about the packages of a tree (deb-md5sums(5), dpkg(1)): which files each shipped, with their MD5; the conffiles, which are only in
 * {@code status}; and the scripts that ran during installation. Immutable.
 */
final class DpkgRecords {
    private static final String DATABASE = "/var/lib/dpkg";
    private static final String INFO = DATABASE + "/info";
    private static final Pattern RECORD =
            Pattern.compile(INFO + "/([^/:]+)(?::[a-z0-9]+)?\\.(md5sums|list|preinst|postinst|config)");
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{32}) [ *](.+)");
    private static final Pattern CONFFILE = Pattern.compile(" (/.+?) ([0-9a-f]{32})( obsolete| remove-on-upgrade)*");
    /** Packages that the bake builds, such as that of the kernel modules. */
    private static final String MADE_HERE = "firstboot-";

    private static final Set<String> SCRIPTS = Set.of("preinst", "postinst", "config");

    private final Tree tree;
    private final Set<String> privatePackages;
    private final Map<String, Set<String>> shipped = new HashMap<>();
    private final Map<String, Set<String>> fromDebian = new HashMap<>();
    private final Set<String> debianSums = new HashSet<>();
    private final Map<String, Set<String>> owners = new HashMap<>();
    private final Map<String, String> scripts = new HashMap<>();

    /** The new path, and the package, of each path that a package moved out of its way: dpkg-divert(1). */
    private record Diversion(String to, String by) {}

    private DpkgRecords(Tree tree, Collection<String> privatePackages) {
        this.tree = tree;
        this.privatePackages = Set.copyOf(privatePackages);
        Map<String, Diversion> diversions = diversions();
        for (TarEntry entry : tree.below(INFO)) {
            Matcher record = RECORD.matcher(entry.path());
            Optional<String> text = tree.text(entry.path());
            if (record.matches() && text.isPresent()) {
                read(record.group(1), record.group(2), text.get(), diversions);
            }
        }
        readConffiles();
    }

    /** Returns whether {@link #of} needs the text of this file. */
    static boolean needs(String path) {
        return path.startsWith(DATABASE)
                && (path.equals(DATABASE + "/status")
                        || path.equals(DATABASE + "/diversions")
                        || RECORD.matcher(path).matches());
    }

    /**
     * Returns the records of a tree that was read with the text of the needed files.
     *
     * @param privatePackages those packages whose files are not public because they do not come from Debian
     */
    static DpkgRecords of(Tree tree, Collection<String> privatePackages) {
        return new DpkgRecords(tree, privatePackages);
    }

    /** Returns whether a package shipped these bytes at this path. */
    boolean isShipped(String path, String md5) {
        return shipped.getOrDefault(path, Set.of()).contains(md5);
    }

    /** Returns whether one of Debian's own packages shipped these bytes at this path: then anyone can download them. */
    boolean isPublic(String path, String md5) {
        return fromDebian.getOrDefault(path, Set.of()).contains(md5);
    }

    /** Returns whether a package (only Debian's own if {@code byDebian}) ships a file at this path. */
    boolean isShipped(String path, boolean byDebian) {
        return (byDebian ? fromDebian : shipped).containsKey(path);
    }

    /** Returns whether one of Debian's own packages shipped these bytes at any path. */
    boolean isCopy(String md5) {
        return debianSums.contains(md5);
    }

    /** Returns the packages that have something at this path, sorted. */
    SortedSet<String> owners(String path) {
        return new TreeSet<>(owners.getOrDefault(path, Set.of()));
    }

    /** Returns whether the package is installed. */
    boolean isInstalled(String name) {
        return tree.exists(INFO + "/" + name + ".list") || tree.exists(INFO + "/" + name + ":amd64.list");
    }

    /** Returns the packages whose scripts contain this text, sorted. */
    List<String> scriptsWith(String text) {
        return scripts.entrySet().stream()
                .filter(script -> script.getValue().contains(text))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private void read(String name, String kind, String text, Map<String, Diversion> diversions) {
        if (SCRIPTS.contains(kind)) {
            scripts.merge(name, text, String::concat);
        } else if (kind.equals("list")) {
            text.lines().forEach(file -> own(name, placed(file, name, diversions)));
        } else {
            text.lines()
                    .map(SUM::matcher)
                    .filter(Matcher::matches)
                    .forEach(sum -> ship(name, placed("/" + sum.group(2), name, diversions), sum.group(1)));
        }
    }

    private void readConffiles() {
        String name = "";
        for (String line : tree.text(DATABASE + "/status").orElse("").lines().toList()) {
            if (line.startsWith("Package: ")) {
                name = line.substring("Package: ".length());
            } else if (line.startsWith(" /")) {
                Matcher conffile = CONFFILE.matcher(line);
                if (conffile.matches()) {
                    String path = tree.resolve(conffile.group(1));
                    own(name, path);
                    ship(name, path, conffile.group(2));
                }
            }
        }
    }

    private Map<String, Diversion> diversions() {
        Map<String, Diversion> diversions = new HashMap<>();
        List<String> lines =
                tree.text(DATABASE + "/diversions").orElse("").lines().toList();
        for (int i = 0; i + 2 < lines.size(); i += 3) {
            diversions.put(lines.get(i), new Diversion(lines.get(i + 1), lines.get(i + 2)));
        }
        return diversions;
    }

    /** Returns the real path of a package's file. */
    private String placed(String file, String name, Map<String, Diversion> diversions) {
        Diversion diversion = diversions.get(file);
        String path = diversion == null || diversion.by().equals(name) ? file : diversion.to();
        return tree.resolve(path);
    }

    private void own(String name, String path) {
        owners.computeIfAbsent(path, none -> new HashSet<>(2)).add(name);
    }

    private void ship(String name, String path, String md5) {
        shipped.computeIfAbsent(path, none -> new HashSet<>(2)).add(md5);
        if (!privatePackages.contains(name) && !name.startsWith(MADE_HERE)) {
            fromDebian.computeIfAbsent(path, none -> new HashSet<>(2)).add(md5);
            debianSums.add(md5);
        }
    }
}
