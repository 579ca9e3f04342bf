package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.scan.SecretScanner;
import dev.firstboot.bake.tree.Accounts;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.bake.tree.Removals;
import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An installed system and its overlay. Paths are taken as people write them: symbolic links among the parents are followed, missing parents are
 * created. A removal must come before anything new at the same path. Not thread-safe.
 */
public final class Layout {
    private static final int LINKS_MAX = 40;

    private final Tree tree;
    private final Accounts accounts;
    private final Overlay overlay = new Overlay();
    private final Removals removals = new Removals();

    private Layout(Tree tree) {
        this.tree = tree;
        this.accounts = Accounts.of(tree);
    }

    /** Starts with the system in a tar file and an empty overlay. */
    public static Layout of(Path systemTar) {
        Predicate<String> read = path -> Accounts.needs(path) || UnitFiles.needs(path) || SecretScanner.needs(path);
        return new Layout(Tree.read(systemTar, read));
    }

    public Tree tree() {
        return tree;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Overlay overlay() {
        return overlay;
    }

    public Removals removals() {
        return removals;
    }

    /** Removes what is at the path, if anything. */
    void remove(String path) {
        String real = tree.resolve(path);
        if (tree.exists(real)) {
            removals.add(real);
        }
    }

    /** Removes everything below a directory that matches {@code which}. */
    void removeBelow(String directory, Predicate<TarEntry> which) {
        tree.below(tree.resolve(directory)).stream().filter(which).forEach(entry -> removals.add(entry.path()));
    }

    /** Adds a text file owned by root. */
    void text(String path, int mode, String text) {
        file(path, mode, 0, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    void file(String path, int mode, int uid, int gid, byte[] content) {
        overlay.file(placed(path, false), mode, uid, gid, content);
    }

    void file(String path, int mode, int uid, int gid, Overlay.Source source) {
        overlay.file(placed(path, false), mode, uid, gid, source);
    }

    void file(String path, int mode, Path source) {
        overlay.file(placed(path, false), mode, 0, 0, source);
    }

    void link(String path, String target) {
        overlay.link(placed(path, false), target);
    }

    void directory(String path, int mode, int uid, int gid) {
        overlay.directory(placed(path, true), mode, uid, gid);
    }

    /** Creates a directory owned by root, unless it exists. */
    void directory(String path) {
        String real = tree.resolve(path);
        if (!isThere(real)) {
            directory(path, 0755, 0, 0);
        }
    }

    /** Returns whether something is at the path in the finished tree. */
    boolean isThere(String path) {
        return overlay.contains(path) || (tree.exists(path) && !removals.covers(path));
    }

    /** Returns the ID of the first user other than root who owns a directory on the way to a file, and so could replace it; 0 if there is none. */
    long keeper(String path) {
        String real = tree.resolve(path);
        for (int slash = real.indexOf('/', 1); slash > 0; slash = real.indexOf('/', slash + 1)) {
            String parent = real.substring(0, slash);
            long owner = overlay.ownerAt(parent)
                    .orElse(tree.entry(parent).map(TarEntry::uid).orElse(0L));
            if (owner != 0) {
                return owner;
            }
        }
        return 0;
    }

    /** Returns what is at the path in the finished tree, following links of packages and of the overlay. */
    Optional<Place> find(String path) {
        return find(path, 0);
    }

    /**
     * Something in the finished tree, after following links.
     *
     * @param path its real path
     * @param mode permission bits
     */
    record Place(String path, boolean directory, int mode) {
        boolean isProgram() {
            return !directory && (mode & 0111) != 0;
        }
    }

    private Optional<Place> find(String path, int links) {
        for (int slash = path.indexOf('/', 1); links < LINKS_MAX; slash = path.indexOf('/', slash + 1)) {
            String part = slash < 0 ? path : path.substring(0, slash);
            if (!isThere(part)) {
                return Optional.empty();
            }
            Optional<String> link = linkAt(part);
            if (link.isPresent()) {
                String rest = slash < 0 ? "" : path.substring(slash);
                return find(Tree.follow(part, link.get()) + rest, links + 1);
            }
            if (slash < 0) {
                return Optional.of(placeAt(part));
            }
        }
        return Optional.empty();
    }

    private Optional<String> linkAt(String path) {
        return overlay.contains(path)
                ? overlay.linkAt(path)
                : tree.entry(path)
                        .filter(entry -> entry.kind() == TarEntry.Kind.SYMLINK)
                        .map(TarEntry::link);
    }

    private Place placeAt(String path) {
        return overlay.contains(path)
                ? new Place(path, overlay.isDirectory(path), overlay.modeAt(path))
                : tree.entry(path)
                        .map(entry -> new Place(path, entry.isDirectory(), entry.mode()))
                        .orElseThrow();
    }

    /** Returns the real path, in whose directory a file can be created. */
    private String placed(String path, boolean directory) {
        String real = tree.resolve(path);
        if (!overlay.contains(real) && !removals.covers(real)) {
            tree.entry(real).ifPresent(entry -> refuseToReplace(path, entry, directory));
        }
        for (int slash = real.indexOf('/', 1); slash > 0; slash = real.indexOf('/', slash + 1)) {
            String parent = real.substring(0, slash);
            if (!isThere(parent)) {
                overlay.directory(parent, 0755, 0, 0);
            } else if (overlay.contains(parent)
                    ? !overlay.isDirectory(parent)
                    : !tree.entry(parent).map(TarEntry::isDirectory).orElse(false)) {
                throw new LayoutException("there can be no " + path + ": " + parent + " is not a directory in "
                        + (overlay.contains(parent) ? "this image" : "the installed system")
                        + "; choose another path or leave that one out");
            }
        }
        return real;
    }

    /**
     * Refuses to replace a directory implicitly: removing a directory with everything packages have in it must be explicit, and a directory in the
     * place of something else breaks what uses that.
     */
    private void refuseToReplace(String path, TarEntry entry, boolean directory) {
        boolean leadsToDirectory = entry.isDirectory()
                || (entry.kind() == TarEntry.Kind.SYMLINK
                        && find(entry.path()).map(Place::directory).orElse(false));
        if (!directory && leadsToDirectory) {
            throw new LayoutException("a file at " + path + " would replace "
                    + (entry.isDirectory() ? "a directory" : "a link to a directory")
                    + " of the installed system; choose another path, or leave that one out with addRemoval(\"" + path
                    + "\")");
        } else if (directory && !entry.isDirectory()) {
            throw new LayoutException("a directory at " + path + " would replace "
                    + (entry.kind() == TarEntry.Kind.SYMLINK ? "a link to " + Tree.follow(entry) : "a file")
                    + " of the installed system; choose another path, or leave that one out with addRemoval(\"" + path
                    + "\")");
        }
    }
}
