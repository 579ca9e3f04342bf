package dev.firstboot.operate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What differs between two moments of a stack.
 *
 * @param files the files that differ, dataset by dataset. A file that has got another hard link is told under one of its names
 * @param skipped the datasets that could not be compared, or not wholly, and why: one that is gone, newer, a volume or not mounted, or in which ZFS cannot find
 *     the path of something
 */
public record StackChanges(List<FileChange> files, Map<String, String> skipped) {
    public StackChanges {
        files = List.copyOf(files);
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    }

    /** Returns whether nothing differs, and everything was compared. */
    public boolean isEmpty() {
        return files.isEmpty() && skipped.isEmpty();
    }
}
