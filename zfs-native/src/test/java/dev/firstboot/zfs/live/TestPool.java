package dev.firstboot.zfs.live;

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
import java.util.List;

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

    /** Makes it as it was when it was new; where that takes more than destroying what was added, makes a new one. */
    public void reset() {
        if (readOnly || isAsNew()) {
            return;
        }
        clear(filesystems.stream().map(this::name).toList());
        if (isAsNew()) {
            return;
        }
        for (int pass = 0; pass < PASSES && !isEmpty(); pass++) {
            clear(List.of());
        }
        if (isEmpty()) {
            filesystems.forEach(filesystem -> zfs.createFilesystem(name + "/" + filesystem));
        } else {
            destroy();
            make();
        }
    }

    private boolean isAsNew() {
        Dataset root = zfs.dataset(name);
        List<String> there = root.descendants().stream().map(Dataset::name).toList();
        List<String> wanted = filesystems.stream().map(this::name).sorted().toList();
        return there.equals(wanted)
                && isPlain(root)
                && root.descendants().stream().allMatch(TestPool::isPlain);
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

    private boolean isEmpty() {
        Dataset root = zfs.dataset(name);
        return root.exists()
                && root.children().isEmpty()
                && root.snapshots().isEmpty()
                && root.bookmarks().isEmpty();
    }

    private void clear(List<String> kept) {
        Dataset root = zfs.dataset(name);
        List<Dataset> all = new ArrayList<>(List.of(root));
        all.addAll(root.descendants());
        Collections.reverse(all);
        for (Dataset dataset : all) {
            attempt(() -> dataset.bookmarks().forEach(bookmark -> bookmark.destroy()));
            for (Snapshot snapshot : dataset.snapshots()) {
                attempt(() -> snapshot.holds().keySet().forEach(snapshot::release));
                attempt(snapshot::destroyDeferred);
            }
            if (!dataset.name().equals(name) && !kept.contains(dataset.name())) {
                attempt(dataset::destroy);
            }
        }
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
