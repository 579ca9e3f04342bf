package dev.firstboot.bake.cache;

import dev.firstboot.bake.sandbox.Sandbox;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Digest;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.json.Json;
import dev.firstboot.internal.json.JsonException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The directory in which bakes keep the results of their steps: {@code steps/<step>/<key>/} holds the outputs and {@code entry.json} with their
 * digests. An entry appears by one rename, complete or not at all. A rebuilt result is stored next to it as the next generation, {@code <key>-1/}, so
 * nothing is removed while a bake reads it. Safe for many threads and processes at once.
 */
public final class StepCache {
    private static final String RECORD = "entry.json";
    private static final int PATIENCE = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path steps;
    private final Path locks;
    private final Path work;
    private final Path inUse;

    private StepCache(Path root) {
        steps = root.resolve("steps");
        locks = root.resolve("locks");
        work = root.resolve("work");
        inUse = locks.resolve("in-use");
    }

    /** The content of {@code entry.json}. */
    record Content(String step, Digest key, Map<String, Digest> outputs) {}

    /** Work that runs while nobody else makes the same entry. */
    public interface Making {
        /** Writes the outputs into {@code outputs}; {@code scratch} is for anything else. */
        void run(Path outputs, Path scratch) throws IOException, InterruptedException;
    }

    /**
     * Opens the cache in {@code root}, creating it if needed, and removes unfinished work of dead processes, unless the cache is in use.
     *
     * @throws IOException if it cannot be written to, if this is root and the cache is not root's, or if something is mounted in the leftovers
     */
    public static StepCache open(Path root) throws IOException {
        StepCache cache = new StepCache(
                Owner.require(Files.createDirectories(root.toAbsolutePath()).toRealPath()));
        for (Path directory : List.of(cache.steps, cache.locks, cache.work)) {
            Owner.require(Files.createDirectories(directory));
            if (!Files.isWritable(directory)) {
                throw new FileSystemException(directory.toString(), null, "cannot be written to by this user");
            }
        }
        CacheUse.of(cache.inUse).tryAlone(cache::removeAbandonedWork);
        return cache;
    }

    /** Returns the directory in which steps work. */
    public Path work() {
        return work;
    }

    /** Starts using the cache, until the result is closed: nothing is pruned in the meantime. */
    public Closeable use() throws IOException {
        return CacheUse.of(inUse).begin();
    }

    /**
     * Removes discarded entries, and the least recently used ones until the rest is within {@code limit}; does nothing while any bake uses the cache.
     */
    public void prune(ByteSize limit) throws IOException {
        CacheUse.of(inUse).tryAlone(() -> {
            List<Shelf> shelves = Shelf.all(steps, RECORD);
            long bytes = shelves.stream().mapToLong(Shelf::bytes).sum();
            for (Shelf shelf : shelves) {
                if (!shelf.isWhole() || bytes > limit.bytes()) {
                    Trees.delete(shelf.directory());
                    bytes -= shelf.bytes();
                }
            }
        });
    }

    /** Returns the newest {@code usable} entry under {@code key}, if any; does not check whether it is intact. */
    public Optional<Entry> find(String step, Digest key, Predicate<Entry> usable) throws IOException {
        for (Path directory : generations(step, key)) {
            Optional<Entry> found = read(step, key, directory).filter(usable);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Entry> read(String step, Digest key, Path directory) throws IOException {
        Path record = directory.resolve(RECORD);
        try {
            Content content = Json.read(Files.readString(record), Content.class);
            Files.setLastModifiedTime(record, FileTime.from(Instant.now()));
            return Optional.of(new Entry(step, key, directory, content.outputs()));
        } catch (NoSuchFileException | JsonException discardedOrDamaged) {
            return Optional.empty();
        }
    }

    /** Returns the directories of all entries for {@code key}, the newest first. */
    private List<Path> generations(String step, Digest key) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(steps.resolve(step), key.hex() + "*")) {
            children.forEach(found::add);
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        found.sort(Comparator.comparing(StepCache::generation).reversed());
        return found;
    }

    private static int generation(Path directory) {
        String name = directory.getFileName().toString();
        int dash = name.indexOf('-');
        return dash < 0 ? 0 : Integer.parseInt(name.substring(dash + 1));
    }

    /** Returns whether every output of an entry still has the digest it was made with. */
    public boolean isIntact(Entry entry) throws IOException {
        for (Map.Entry<String, Digest> output : entry.outputs().entrySet()) {
            try {
                if (!DigestedCopy.digest(entry.file(output.getKey())).equals(output.getValue())) {
                    return false;
                }
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        return true;
    }

    /** Hides an entry from lookups. Its files stay for those who read them, until the cache is pruned. */
    public void discard(Entry entry) throws IOException {
        Files.deleteIfExists(entry.directory().resolve(RECORD));
    }

    /**
     * Returns the entry for {@code key}: made now, or by another bake while this one waited for it.
     *
     * @param outputs names of all files that {@code making} must write
     * @param usable whether an existing entry may be used
     */
    public Entry make(String step, Digest key, Iterable<String> outputs, Predicate<Entry> usable, Making making)
            throws IOException, InterruptedException {
        KeyLock lock = KeyLock.take(locks.resolve(step + "-" + key.hex()));
        Closeable use = use();
        try (lock;
                use) {
            Optional<Entry> madeMeanwhile = find(step, key, usable);
            if (madeMeanwhile.isPresent()) {
                return madeMeanwhile.get();
            }
            Path place = Files.createDirectory(work.resolve(step + "-" + UUID.randomUUID()));
            try {
                Path made = Files.createDirectory(place.resolve("outputs"));
                making.run(made, Files.createDirectory(place.resolve("scratch")));
                return keep(step, key, outputs, made);
            } finally {
                Sandbox.delete(place);
            }
        }
    }

    private Entry keep(String step, Digest key, Iterable<String> outputs, Path made) throws IOException {
        Map<String, Digest> digests = new TreeMap<>();
        for (String output : outputs) {
            Path file = made.resolve(output);
            digests.put(output, DigestedCopy.digest(file));
            Trees.sync(file);
        }
        Path record = made.resolve(RECORD);
        Files.writeString(record, Json.write(new Content(step, key, digests)), StandardOpenOption.CREATE_NEW);
        Trees.sync(record);
        Path parent = Files.createDirectories(steps.resolve(step));
        Path directory = parent.resolve(nextGeneration(step, key));
        Files.move(made, directory, StandardCopyOption.ATOMIC_MOVE);
        Trees.sync(parent);
        return new Entry(step, key, directory, digests);
    }

    private String nextGeneration(String step, Digest key) throws IOException {
        List<Path> before = generations(step, key);
        return before.isEmpty() ? key.hex() : key.hex() + "-" + (generation(before.get(0)) + 1);
    }

    /**
     * Removes abandoned work. Nobody uses the cache, so all work belongs to dead processes; programs they started may take a moment longer to die.
     */
    private void removeAbandonedWork() throws IOException {
        for (int left = PATIENCE; ; left--) {
            try (Stream<Path> places = Files.list(work)) {
                for (Path place : places.toList()) {
                    Sandbox.delete(place);
                }
                return;
            } catch (DirectoryNotEmptyException e) {
                if (left == 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
