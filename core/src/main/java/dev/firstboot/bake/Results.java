package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.Input;
import java.util.Map;
import java.util.TreeMap;

/** The results of the steps of a plan. */
final class Results {
    private final Map<String, Entry> entries;

    Results(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
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
