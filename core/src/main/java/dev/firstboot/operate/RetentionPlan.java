package dev.firstboot.operate;

import dev.firstboot.image.ByteSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a {@link Retention} does to some snapshots; printing it is the dry run. Immutable. */
public final class RetentionPlan {
    private final Map<StackSnapshot, Set<String>> kept;
    private final List<StackSnapshot> destroyed;

    RetentionPlan(Map<StackSnapshot, Set<String>> kept, List<StackSnapshot> destroyed) {
        this.kept = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
        this.destroyed = List.copyOf(destroyed);
    }

    /** Returns those that are kept. */
    public List<StackSnapshot> kept() {
        return List.copyOf(kept.keySet());
    }

    /** Returns those that are destroyed, the oldest first. */
    public List<StackSnapshot> destroyed() {
        return destroyed;
    }

    /** Returns what destroying them gives back at least; what only they share comes on top. */
    public ByteSize frees() {
        return ByteSize.bytes(destroyed.stream()
                .mapToLong(snapshot -> snapshot.used().bytes())
                .sum());
    }

    /** Returns the plan for display: one line per snapshot, then the sum. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        kept.forEach((snapshot, why) -> lines.add("keep     " + snapshot.name() + " (" + String.join(", ", why) + ")"));
        destroyed.forEach(snapshot -> lines.add("destroy  " + snapshot.name() + ", " + snapshot.used()));
        lines.add(destroyed.size() + " of " + (kept.size() + destroyed.size())
                + " snapshots are destroyed, which frees at least " + frees());
        return String.join(System.lineSeparator(), lines);
    }
}
