package dev.firstboot.zfs.live;

import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.internal.ffi.ListCalls;
import dev.firstboot.zfs.internal.ffi.Stats;
import dev.firstboot.zfs.nvlist.NvList;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A pool of its own in a file of 128 MiB. */
public final class TestPool {
    private static final long SIZE = 128L << 20;
    private static final int PASSES = 6;

    private final Zfs zfs;
    private final String name;
    private final Path file;
    private final List<String> filesystems;
    private final boolean readOnly;

    private TestPool(Zfs zfs, String name, List<String> filesystems, boolean readOnly) {
        this.zfs = zfs;
        this.name = name;
        this.file = Path.of(System.getProperty("java.io.tmpdir"), name + ".zpool");
        this.filesystems = filesystems;
        this.readOnly = readOnly;
    }

    /** Makes one, with these filesystems. */
    public static TestPool create(Zfs zfs, String name, List<String> filesystems) {
        TestPool pool = new TestPool(zfs, name, filesystems, false);
        pool.make();
        return pool;
    }

    /** Makes one and imports it read-only. */
    public static TestPool createReadOnly(Zfs zfs, String name, List<String> filesystems) {
        TestPool pool = new TestPool(zfs, name, filesystems, true);
        pool.make();
        Commands.run("zpool", "export", name);
        Commands.run("zpool", "import", "-N", "-o", "readonly=on", "-d", pool.file.toString(), name);
        return pool;
    }

    private void make() {
        make(name, file, SIZE);
        filesystems.forEach(filesystem -> zfs.createFilesystem(name + "/" + filesystem));
    }

    /** Makes one with nothing in it, in a sparse file. */
    static void make(String name, Path file, long size) {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.run(
                "zpool",
                "create",
                "-f",
                "-o",
                "cachefile=none",
                "-O",
                "mountpoint=legacy",
                "-O",
                "compression=off",
                name,
                file.toString());
    }

    /** The name of something in it: {@code fs1}, {@code @snap}, {@code fs1@snap}, or nothing for the pool itself. */
    public String name(String relative) {
        if (relative.isEmpty() || relative.startsWith("@") || relative.startsWith("#")) {
            return name + relative;
        }
        return name + "/" + relative;
    }

    /**
     * Makes it as it was when it was new. What is looked at and what is changed is as little as may be: looking opens each filesystem, changing waits for the
     * disk. Where it does not go, makes a new one.
     */
    public void reset() {
        if (!readOnly && !isCleared()) {
            destroy();
            make();
        }
    }

    /** A filesystem or volume, and what is of it. */
    private record Found(Stats stats, List<String> snapshots, List<String> bookmarks) {
        String name() {
            return stats.name();
        }

        /** Nothing was written to it or received. */
        boolean isPlain() {
            return stats.properties().nvlist("logicalreferenced").uint64("value") < 100_000
                    && stats.properties().pairs().stream()
                            .noneMatch(pair -> pair.value() instanceof NvList told
                                    && told.has("source")
                                    && told.string("source").startsWith("$recvd"));
        }
    }

    /** All that there is, each before what is below it. */
    private static void find(Stats stats, List<Found> found) {
        String dataset = stats.name();
        found.add(new Found(
                stats,
                ListCalls.snapshots(dataset, false).stream().map(Stats::name).toList(),
                BookmarkCalls.bookmarks(dataset, List.of()).pairs().stream()
                        .map(pair -> dataset + "#" + pair.name())
                        .toList()));
        if (!stats.volume()) {
            ListCalls.children(dataset, true).forEach(child -> find(child, found));
        }
    }

    /** Takes away what was added. Clones and what they are of keep each other, so that it may take several passes. */
    private boolean isCleared() {
        for (int pass = 0; pass < PASSES; pass++) {
            List<Found> found = new ArrayList<>();
            find(ListCalls.find(name).orElseThrow(), found);
            if (!found.get(0).isPlain()) {
                return false;
            }
            if (clear(found)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether all went that had to, so that nobody needs to look again. */
    private boolean clear(List<Found> found) {
        boolean cleared = true;
        List<String> bookmarks =
                found.stream().flatMap(dataset -> dataset.bookmarks().stream()).toList();
        if (!bookmarks.isEmpty()) {
            cleared &= succeeds(() -> zfs.batch().destroyBookmarks(bookmarks));
        }
        List<String> snapshots =
                found.stream().flatMap(dataset -> dataset.snapshots().stream()).toList();
        if (!snapshots.isEmpty()) {
            cleared &= succeeds(() -> release(snapshots));
            cleared &= succeeds(() -> zfs.batch().destroyDeferred(snapshots));
        }
        Set<String> kept = new HashSet<>(List.of(name));
        List<String> unwanted = new ArrayList<>();
        for (Found dataset : found.subList(1, found.size())) {
            if (kept.contains(parent(dataset.name())) && isWanted(dataset.name()) && dataset.isPlain()) {
                kept.add(dataset.name());
            } else {
                unwanted.add(dataset.name());
            }
        }
        Collections.reverse(unwanted);
        for (String dataset : unwanted) {
            cleared &= succeeds(() -> zfs.dataset(dataset).destroy());
        }
        for (String filesystem : filesystems) {
            if (!kept.contains(name(filesystem))) {
                cleared &= succeeds(() -> zfs.createFilesystem(name(filesystem)));
            }
        }
        return cleared;
    }

    private void release(List<String> snapshots) {
        Map<String, Set<String>> holds = new TreeMap<>();
        for (String snapshot : snapshots) {
            Set<String> tags = zfs.snapshot(snapshot).holds().keySet();
            if (!tags.isEmpty()) {
                holds.put(snapshot, tags);
            }
        }
        if (!holds.isEmpty()) {
            zfs.batch().release(holds);
        }
    }

    private static String parent(String dataset) {
        return dataset.substring(0, dataset.lastIndexOf('/'));
    }

    private boolean isWanted(String dataset) {
        return filesystems.stream().map(this::name).anyMatch(dataset::equals);
    }

    /** Whether it goes; what is left is seen by the next pass. */
    private static boolean succeeds(Runnable step) {
        try {
            step.run();
            return true;
        } catch (ZfsCallException e) {
            return false;
        }
    }

    /** Destroys it. */
    public void destroy() {
        Commands.run("zpool", "destroy", "-f", name);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
