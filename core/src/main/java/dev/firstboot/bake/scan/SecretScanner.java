package dev.firstboot.bake.scan;

import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Reads a tree once, as a stream, and names every secret and every machine's identity in it.
 *
 * <p>A file that a Debian package owns and whose MD5 is the one that dpkg recorded when it was installed is public by definition: anyone can
 * download it. What is found in such a file is not reported, and neither is content below {@code /usr/share/doc}, where packages
 * show examples. Files that a package made or changed while it was installed are reported like any other.
 */
public final class SecretScanner {
    /** Larger files are searched in pieces, for keys only: nobody keeps a token in one. */
    private static final int SMALL = 1 << 20;

    private final Set<Finding> findings = new TreeSet<>();
    private final List<Suspect> suspects = new ArrayList<>();
    private final DpkgSums sums = new DpkgSums();
    private final ClusterFinder clusters = new ClusterFinder();
    private final byte[] buffer = new byte[SMALL];

    private record Suspect(Finding finding, String md5) {}

    private SecretScanner() {}

    /**
     * Scans a tree.
     *
     * @param progress is told how many of {@link MergedTree#length()} bytes lie behind
     * @return every finding, sorted by path; empty if the tree may be an image
     */
    public static List<Finding> scan(MergedTree tree, LongConsumer progress) {
        SecretScanner scanner = new SecretScanner();
        try {
            tree.walk(scanner::visit, progress);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tree to look for secrets: " + e.getMessage(), e);
        }
        return scanner.result();
    }

    private void visit(TarEntry entry, TarReader reader) throws IOException {
        clusters.see(entry);
        if (entry.kind() == TarEntry.Kind.HARD_LINK) {
            // The same bytes under a name that may mean more.
            PathRules.kindOf(entry.path(), 1).ifPresent(kind -> findings.add(new Finding(entry.path(), kind)));
        }
        if (!entry.isFile() || entry.size() == 0) {
            return;
        }
        PathRules.kindOf(entry.path(), entry.size()).ifPresent(kind -> findings.add(new Finding(entry.path(), kind)));
        if (entry.size() <= SMALL) {
            readSmall(entry, reader);
        } else if (!entry.path().startsWith("/usr/share/doc/")) {
            readLarge(entry, reader);
        }
    }

    private void readSmall(TarEntry entry, TarReader reader) throws IOException {
        int length = (int) entry.size();
        try (InputStream in = reader.content()) {
            if (in.readNBytes(buffer, 0, length) < length) {
                throw new IOException(entry.path() + " is cut off");
            }
        }
        if (sums.wants(entry.path())) {
            sums.add(entry.path(), buffer, length);
        }
        if (entry.path().startsWith("/usr/share/doc/")) {
            return;
        }
        EnumSet<Kind> kinds = ContentRules.kindsIn(entry.path(), buffer, length);
        if (!kinds.isEmpty()) {
            suspect(entry.path(), kinds, Md5.of(buffer, length));
        }
    }

    private void readLarge(TarEntry entry, TarReader reader) throws IOException {
        if (sums.wants(entry.path())) {
            byte[] text = reader.bytes();
            sums.add(entry.path(), text, text.length);
            return;
        }
        Md5 md5 = new Md5();
        boolean found = false;
        // The end of one piece is looked at again together with the next, so that a key on the border is seen.
        int kept = 0;
        try (InputStream in = reader.content()) {
            int n;
            while ((n = in.readNBytes(buffer, kept, SMALL - kept)) > 0) {
                md5.update(buffer, kept, n);
                int length = kept + n;
                found |= PrivateKeys.in(buffer, length);
                kept = Math.min(length, PrivateKeys.LONGEST);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
        if (found) {
            suspect(entry.path(), EnumSet.of(Kind.PRIVATE_KEY), md5.hex());
        }
    }

    private void suspect(String path, EnumSet<Kind> kinds, String md5) {
        kinds.forEach(kind -> suspects.add(new Suspect(new Finding(path, kind), md5)));
    }

    private List<Finding> result() {
        for (Suspect suspect : suspects) {
            if (!sums.isAsShipped(suspect.finding().path(), suspect.md5())) {
                findings.add(suspect.finding());
            }
        }
        findings.addAll(clusters.findings());
        return List.copyOf(findings);
    }
}
