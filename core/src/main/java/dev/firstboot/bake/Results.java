package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.Input;
import java.util.Map;
import java.util.TreeMap;

/** What the steps of a plan made. */
final class Results {
    private final Map<String, Entry> entries;

    Results(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    /** What the step of this name made. */
    Entry of(String step) {
        Entry entry = entries.get(step);
        if (entry == null) {
            throw new IllegalStateException("step " + step + " has not been carried out");
        }
        return entry;
    }

    /** The digest of each output, by step and name. */
    Map<String, Digest> digests() {
        Map<String, Digest> digests = new TreeMap<>();
        entries.forEach((step, entry) ->
                entry.outputs().forEach((output, digest) -> digests.put(new Input(step, output).toString(), digest)));
        return digests;
    }
}
