package dev.firstboot.bake.scan;

import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.bake.tree.Tree;
import dev.firstboot.image.UnixPath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tree to scan, and what is known about it.
 *
 * @param merged the finished tree
 * @param tree what was installed, read with the text of the files that {@link SecretScanner#needs} names
 * @param privatePackages packages that do not come from Debian's archive
 * @param allowed paths that recipes allow; a directory includes everything in it
 * @param made files that the bake itself put in place before packages were installed, and what they are
 */
public record ScanSubject(
        MergedTree merged,
        Tree tree,
        Collection<String> privatePackages,
        Collection<UnixPath> allowed,
        Map<String, String> made) {
    public ScanSubject {
        privatePackages = List.copyOf(privatePackages);
        allowed = List.copyOf(allowed);
        made = Map.copyOf(made);
    }

    boolean isLaidOver(String path) {
        return merged.isLaidOver(path);
    }

    boolean isAllowed(String path) {
        return allowed.stream().anyMatch(each -> path.equals(each.value()) || path.startsWith(each.value() + "/"));
    }

    Optional<String> madeByTheBake(String path) {
        return Optional.ofNullable(made.get(path));
    }
}
