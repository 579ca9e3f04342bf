package dev.firstboot.bake.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One entry from the cleanup's view: its size and its last use.
 *
 * @param directory the entry's directory
 * @param bytes the sum of its files' sizes
 * @param lastUse when it was last looked up
 * @param isWhole whether it can be found: finished and not discarded
 */
record Shelf(Path directory, long bytes, FileTime lastUse, boolean isWhole) {
    /** All entries below {@code steps}, the least recently used first. */
    static List<Shelf> all(Path steps, String record) throws IOException {
        List<Shelf> shelves = new ArrayList<>();
        for (Path step : children(steps)) {
            for (Path entry : children(step)) {
                shelves.add(of(entry, record));
            }
        }
        shelves.sort(Comparator.comparing(Shelf::lastUse));
        return shelves;
    }

    private static Shelf of(Path directory, String record) throws IOException {
        long bytes = 0;
        for (Path file : children(directory)) {
            bytes += Files.size(file);
        }
        try {
            return new Shelf(directory, bytes, Files.getLastModifiedTime(directory.resolve(record)), true);
        } catch (NoSuchFileException notWhole) {
            return new Shelf(directory, bytes, FileTime.fromMillis(0), false);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
