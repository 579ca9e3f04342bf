package dev.firstboot.zfs.live;

import dev.firstboot.zfs.Bookmark;
import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.property.Properties;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(SIZE);
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
        filesystems.forEach(filesystem -> zfs.createFilesystem(name + "/" + filesystem));
    }

    /** The name of something in it: {@code fs1}, {@code @snap}, {@code fs1@snap}, or nothing for the pool itself. */
    public String name(String relative) {
        if (relative.isEmpty() || relative.startsWith("@") || relative.startsWith("#")) {
            return name + relative;
        }
        return name + "/" + relative;
    }

    /** Makes it as it was when it was new, with as few changes as may be: each waits for the disk. Where that does not go, makes a new one. */
    public void reset() {
        if (readOnly || isAsNew()) {
            return;
        }
        for (int pass = 0; pass < PASSES && !clear(); pass++) {
            // Clones and what they are of keep each other.
        }
        for (String filesystem : filesystems) {
            if (!zfs.exists(name(filesystem))) {
                attempt(() -> zfs.createFilesystem(name(filesystem)));
            }
        }
        if (!isAsNew()) {
            destroy();
            make();
        }
    }

    private List<Dataset> all() {
        Dataset root = zfs.dataset(name);
        List<Dataset> all = new ArrayList<>(List.of(root));
        all.addAll(root.descendants());
        return all;
    }

    private boolean isAsNew() {
        List<Dataset> all = all();
        Set<String> there = all.stream().map(Dataset::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = filesystems.stream().map(this::name).collect(Collectors.toCollection(TreeSet::new));
        wanted.add(name);
        return there.equals(wanted) && all.stream().allMatch(TestPool::isPlain);
    }

    /** Nothing was added to it, and nothing written or received. */
    private static boolean isPlain(Dataset dataset) {
        if (!dataset.snapshots().isEmpty() || !dataset.bookmarks().isEmpty()) {
            return false;
        }
        Properties properties = dataset.properties();
        return properties.number("logicalreferenced") < 100_000
                && properties.raw().pairs().stream()
                        .noneMatch(pair -> pair.value() instanceof NvList told
                                && told.has("source")
                                && told.string("source").startsWith("$recvd"));
    }

    /** Destroys what was added, everything of a kind at once, and filesystems that are no longer plain. Returns whether all of that went. */
    private boolean clear() {
        List<Dataset> all = all();
        List<String> bookmarks = all.stream()
                .flatMap(dataset -> dataset.bookmarks().stream())
                .map(Bookmark::name)
                .toList();
        List<Snapshot> snapshots =
                all.stream().flatMap(dataset -> dataset.snapshots().stream()).toList();
        Map<String, Set<String>> holds = new TreeMap<>();
        for (Snapshot snapshot : snapshots) {
            Set<String> tags = snapshot.holds().keySet();
            if (!tags.isEmpty()) {
                holds.put(snapshot.name(), tags);
            }
        }
        if (!bookmarks.isEmpty()) {
            attempt(() -> zfs.batch().destroyBookmarks(bookmarks));
        }
        if (!holds.isEmpty()) {
            attempt(() -> zfs.batch().release(holds));
        }
        if (!snapshots.isEmpty()) {
            attempt(() -> zfs.batch()
                    .destroyDeferred(snapshots.stream().map(Snapshot::name).toList()));
        }
        Set<String> kept = new HashSet<>(List.of(name));
        List<Dataset> unwanted = new ArrayList<>();
        for (Dataset dataset : all) {
            boolean parentStays =
                    dataset.parent().map(Dataset::name).map(kept::contains).orElse(true);
            boolean stays = parentStays && isWanted(dataset.name()) && isPlain(dataset);
            if (stays) {
                kept.add(dataset.name());
            } else if (!dataset.name().equals(name)) {
                unwanted.add(dataset);
            }
        }
        Collections.reverse(unwanted);
        unwanted.forEach(dataset -> attempt(dataset::destroy));
        return unwanted.stream().noneMatch(Dataset::exists)
                && snapshots.stream().noneMatch(Snapshot::exists);
    }

    private boolean isWanted(String dataset) {
        return dataset.equals(name) || filesystems.stream().map(this::name).anyMatch(dataset::equals);
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (ZfsCallException e) {
            // What is left is seen by the next pass.
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
