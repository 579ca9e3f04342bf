package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.Input;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The results of the steps of a plan. */
final class Results {
    private final Map<String, Entry> entries;
    private final Set<Path> known;

    /** Results, and the directories of those that are known to be as they were made. */
    Results(Map<String, Entry> entries, Set<Path> known) {
        this.entries = Map.copyOf(entries);
        this.known = Set.copyOf(known);
    }

    /** Returns whether a result was made, or compared with its digests, in this bake. */
    boolean isKnown(Entry entry) {
        return known.contains(entry.directory());
    }

    /** Returns the result of the step of this name. */
    Entry of(String step) {
        Entry entry = entries.get(step);
        if (entry == null) {
            throw new IllegalStateException("step " + step + " has not been carried out");
        }
        return entry;
    }

    /** Returns the digest of each output, by step and name. */
    Map<String, Digest> digests() {
        Map<String, Digest> digests = new TreeMap<>();
        entries.forEach((step, entry) ->
                entry.outputs().forEach((output, digest) -> digests.put(new Input(step, output).toString(), digest)));
        return digests;
    }
}
