package dev.firstboot.bake.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A tree with some paths removed and an overlay on top, as one stream: first what is left of the base, in its own order, then the overlay. Only the
 * overlay's paths are held in memory.
 */
public final class MergedTree {
    /** Visits each entry in turn; may read its content from {@code reader} or copy it. */
    @FunctionalInterface
    public interface Visitor {
        void visit(TarEntry entry, TarReader reader) throws IOException;
    }

    private static final int RECORD = 10_240;

    private final Path base;
    private final Path overlay;
    private final Removals removals;
    /** The overlay's paths, and whether each is a directory. */
    private final Map<String, Boolean> laidOver = new HashMap<>();
    /** Replaced files of the base that another name still needs; the overlay's file comes later in the stream and wins. */
    private final Set<String> linked = new HashSet<>();

    public MergedTree(Path base, Path overlay, Removals removals) {
        this.base = base;
        this.overlay = overlay;
        this.removals = removals;
        try (TarReader reader = TarReader.open(overlay)) {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                laidOver.put(entry.path(), entry.isDirectory());
            }
        }
        findLinked();
    }

    /** Returns the number of bytes that a walk reads, to compare with {@code progress}. */
    public long length() {
        return TarReader.length(base) + TarReader.length(overlay);
    }

    /** Returns whether what is at the path comes from the overlay. */
    public boolean isLaidOver(String path) {
        return laidOver.containsKey(path);
    }

    /** Passes every entry of the merged tree to {@code visitor}, and the number of bytes read so far to {@code progress}. */
    public void walk(Visitor visitor, LongConsumer progress) throws IOException {
        try (TarReader reader = TarReader.open(base)) {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (remains(entry)) {
                    visitor.visit(entry, reader);
                }
                progress.accept(reader.position());
            }
        }
        try (TarReader reader = TarReader.open(overlay)) {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                visitor.visit(entry, reader);
            }
        }
        progress.accept(length());
    }

    /** Returns the merged tree as one tar archive, made while it is read; {@code progress} receives the number of bytes read so far. */
    public InputStream open(LongConsumer progress) {
        return new MergedStream(base, this::remains, overlay, TarReader.length(base), progress);
    }

    /** Writes the merged tree as one tar file. */
    public void writeTo(Path tar, LongConsumer progress) {
        try (InputStream in = open(progress);
                OutputStream out = Files.newOutputStream(tar)) {
            byte[] buffer = new byte[1 << 18];
            long written = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                written += n;
            }
            out.write(new byte[(int) (-written % RECORD + RECORD) % RECORD]);
        } catch (IOException e) {
            throw new TreeException("cannot write " + tar + ": " + e, e);
        }
    }

    /** Returns whether an entry of the base is part of the stream. */
    private boolean remains(TarEntry entry) {
        return stays(entry) || linked.contains(entry.path());
    }

    private boolean stays(TarEntry entry) {
        String path = entry.path();
        if (laidOver.containsKey(path) || removals.covers(path)) {
            return false;
        }
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            // A file or link is now where a directory was.
            if (Boolean.FALSE.equals(laidOver.get(path.substring(0, end)))) {
                return false;
            }
        }
        return true;
    }

    private void findLinked() {
        try (TarReader reader = TarReader.open(base)) {
            Set<String> gone = new HashSet<>();
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (!stays(entry)) {
                    gone.add(entry.path());
                } else if (entry.kind() == TarEntry.Kind.HARD_LINK && gone.contains(entry.link())) {
                    if (!laidOver.containsKey(entry.link())) {
                        throw new TreeException(entry.link() + " cannot be left out: " + entry.path()
                                + " is another name of the same file; leave out both");
                    }
                    linked.add(entry.link());
                }
            }
        }
    }
}
