package dev.firstboot.bake.scan;

import dev.firstboot.bake.scan.Inventory.Explanation;
import dev.firstboot.bake.scan.Inventory.Origin;
import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Reads a finished tree as a stream, and names every file of unknown origin, every secret and every machine identity in it.
 *
 * <p>A file that a package of Debian's archive ships and whose MD5 is the one that dpkg recorded is public: anyone can download it. Every other file
 * must come from a package of another source, from a recipe or the engine, match a rule for files that Debian's tools generate, or be allowed by a
 * recipe. All of these, whatever their size and kind, are searched for secrets by their form.
 */
public final class SecretScanner {
    private final ScanSubject subject;
    private final DpkgRecords dpkg;
    private final Makers makers;
    private final ClusterFinder clusters = new ClusterFinder();
    private final Set<Finding> findings = new TreeSet<>();
    private final Set<String> found = new HashSet<>();
    private NavigableMap<String, Explanation> explanations = new TreeMap<>();

    private SecretScanner(ScanSubject subject) {
        this.subject = subject;
        this.dpkg = DpkgRecords.of(subject.tree(), subject.privatePackages());
        this.makers = new Makers(dpkg);
    }

    /** Returns whether a scan needs the text of this file from the installed system. */
    public static boolean needs(String path) {
        return DpkgRecords.needs(path);
    }

    /** Returns the number of bytes that a scan of this tree reads, to compare with {@code progress}. */
    public static long length(MergedTree tree) {
        return 2 * tree.length();
    }

    /**
     * Scans a tree.
     *
     * @param progress receives how many of {@link #length} bytes have been read
     */
    public static ScanResult scan(ScanSubject subject, LongConsumer progress) {
        try {
            return new SecretScanner(subject).scan(progress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tree to look for secrets: " + e.getMessage(), e);
        }
    }

    private ScanResult scan(LongConsumer progress) throws IOException {
        MergedTree merged = subject.merged();
        Inventory inventory = new Inventory(subject, dpkg);
        merged.walk(inventory::visit, progress);
        explanations = inventory.explanations();
        ContentSearch search = new ContentSearch();
        merged.walk(
                (entry, reader) -> {
                    byPath(entry);
                    byContent(entry, reader, search);
                },
                done -> progress.accept(merged.length() + done));
        clusters.findings().forEach(finding -> add(finding.path(), finding.kind()));
        explanations.forEach(this::byOrigin);
        NavigableMap<String, String> explained = new TreeMap<>();
        explanations.forEach((path, explanation) -> explained.put(path, explanation.why()));
        return new ScanResult(findings, explained);
    }

    private void byPath(TarEntry entry) {
        clusters.see(entry);
        boolean hardLink = entry.kind() == TarEntry.Kind.HARD_LINK;
        if (entry.isFile() || hardLink) {
            // A hard link is the same bytes under a name that may tell more.
            PathRules.kindOf(entry.path(), hardLink ? 1 : entry.size()).ifPresent(kind -> add(entry.path(), kind));
        }
    }

    private void byContent(TarEntry entry, TarReader reader, ContentSearch search) throws IOException {
        if (entry.isFile() && entry.size() > 0 && explanations.containsKey(entry.path())) {
            try (InputStream content = reader.content()) {
                search.kindsIn(entry.path(), entry.size(), content).forEach(kind -> add(entry.path(), kind));
            }
        }
    }

    /** Reports a file of unknown origin, unless something in it was found already. */
    private void byOrigin(String path, Explanation explanation) {
        boolean known = isKnown(path);
        if (!known && explanation.origin() == Origin.CHANGED) {
            add(path, Kind.CHANGED);
        } else if (!known && explanation.origin() == Origin.UNEXPLAINED) {
            add(path, Kind.UNEXPLAINED);
        }
    }

    /** Returns whether there is a finding at this path or in a directory above it. */
    private boolean isKnown(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (found.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private void add(String path, Kind kind) {
        boolean lifted = kind.isAllowable() && (subject.isAllowed(path) || isCopy(path));
        if (!lifted) {
            found.add(path);
            findings.add(new Finding(path, kind, subject.isLaidOver(path) ? "" : maker(path)));
        }
    }

    private String maker(String path) {
        Explanation explanation = explanations.get(path);
        return explanation == null || explanation.why().isEmpty() ? makers.of(path) : explanation.why();
    }

    private boolean isCopy(String path) {
        Explanation explanation = explanations.get(path);
        return explanation != null && explanation.origin() == Origin.COPY;
    }
}
