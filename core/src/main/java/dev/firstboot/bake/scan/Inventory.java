package dev.firstboot.bake.scan;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.TarReader;
import dev.firstboot.bake.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Visits every file of a tree once and determines its origin. Public files, which Debian's own packages ship, are set aside; the rest is explained or
 * not. Directories and empty files are skipped. Not thread-safe.
 */
final class Inventory {
    /** How much of a file the rules see. */
    private static final int SHOWN = 1 << 20;

    private static final String NOTHING = "d41d8cd98f00b204e9800998ecf8427e";

    /** The origin of a file that does not come unchanged from Debian. */
    enum Origin {
        /** A copy of what a Debian package ships elsewhere. */
        COPY,
        /** From a third-party package, a recipe or the engine; matched by a rule; or allowed. */
        EXPLAINED,
        /** At the path of a package's file, but with other content. */
        CHANGED,
        UNEXPLAINED
    }

    /** An origin, and its explanation in words. */
    record Explanation(Origin origin, String why) {}

    private final ScanSubject subject;
    private final Tree tree;
    private final DpkgRecords dpkg;
    private final NavigableMap<String, Explanation> explanations = new TreeMap<>();
    private final Map<String, String> sums = new HashMap<>();
    private final Set<String> paths = new HashSet<>();
    private final List<TarEntry> links = new ArrayList<>();
    private final byte[] buffer = new byte[SHOWN];

    Inventory(ScanSubject subject, DpkgRecords dpkg) {
        this.subject = subject;
        this.tree = subject.tree();
        this.dpkg = dpkg;
    }

    /** Visits the next entry. */
    void visit(TarEntry entry, TarReader reader) throws IOException {
        String path = entry.path();
        paths.add(path);
        switch (entry.kind()) {
            case FILE -> see(entry, reader);
            case HARD_LINK -> {
                String md5 = sums.getOrDefault(entry.link(), "");
                sums.put(path, md5);
                judge(entry, 0, md5);
            }
            case SYMLINK -> links.add(entry);
            case SPECIAL -> judgeDevice(entry);
            default -> {}
        }
    }

    /** Returns everything that is not public, by path; call it after all entries have been visited. */
    NavigableMap<String, Explanation> explanations() {
        links.forEach(this::judgeLink);
        links.clear();
        return explanations;
    }

    private void see(TarEntry entry, TarReader reader) throws IOException {
        Md5 md5 = new Md5();
        int shown;
        try (InputStream in = reader.content()) {
            shown = in.readNBytes(buffer, 0, SHOWN);
            md5.update(buffer, 0, shown);
            byte[] more = new byte[shown < entry.size() ? 1 << 16 : 0];
            for (long left = entry.size() - shown; left > 0; ) {
                int n = in.read(more);
                if (n < 0) {
                    throw new IOException(entry.path() + " is cut off");
                }
                md5.update(more, 0, n);
                left -= n;
            }
        }
        String sum = md5.hex();
        sums.put(entry.path(), sum);
        judge(entry, shown, sum);
    }

    private void judge(TarEntry entry, int shown, String md5) {
        String path = entry.path();
        if (md5.equals(NOTHING) || (dpkg.isPublic(path, md5) && !subject.isLaidOver(path))) {
            return;
        }
        Candidate file = new Candidate(entry, buffer, shown, dpkg, tree);
        if (subject.isLaidOver(path) || !GeneratedFiles.isPublic(file)) {
            explanations.put(path, explain(file, md5));
        }
    }

    private Explanation explain(Candidate file, String md5) {
        String path = file.path();
        if (subject.isLaidOver(path)) {
            return explained("laid out by a recipe or the engine");
        } else if (dpkg.isShipped(path, md5)) {
            return explained("shipped by " + String.join(", ", dpkg.owners(path)));
        } else if (dpkg.isCopy(md5)) {
            return new Explanation(Origin.COPY, "a copy of a file that a package ships");
        }
        Optional<String> why = subject.madeByTheBake(path)
                .or(() -> GeneratedFiles.explain(file))
                .or(() -> subject.isAllowed(path) ? Optional.of("allowed by a recipe") : Optional.empty());
        return why.map(Inventory::explained)
                .orElseGet(
                        () -> new Explanation(dpkg.owners(path).isEmpty() ? Origin.UNEXPLAINED : Origin.CHANGED, ""));
    }

    private void judgeDevice(TarEntry entry) {
        String path = entry.path();
        if (!GeneratedFiles.isUsualDevice(path) && dpkg.owners(path).isEmpty() && !subject.isAllowed(path)) {
            explanations.put(path, new Explanation(Origin.UNEXPLAINED, ""));
        }
    }

    /** Judges a link, which is only a path: it is enough that a package has it, or that its target exists. */
    private void judgeLink(TarEntry link) {
        String target = tree.resolve(Tree.follow(link));
        if (!paths.contains(target)
                && !GeneratedFiles.isRuntime(target)
                && dpkg.owners(link.path()).isEmpty()
                && !subject.isLaidOver(link.path())
                && !subject.isAllowed(link.path())) {
            explanations.put(link.path(), new Explanation(Origin.UNEXPLAINED, ""));
        }
    }

    private static Explanation explained(String why) {
        return new Explanation(Origin.EXPLAINED, why);
    }
}
