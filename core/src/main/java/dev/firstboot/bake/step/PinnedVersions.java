package dev.firstboot.bake.step;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an earlier bake, to use again. An immutable value.
 *
 * @param suite their release
 * @param atOrNull when they were queried; null if unknown
 * @param byName the version of each package
 */
public record PinnedVersions(String suite, @Nullable Instant atOrNull, SortedMap<String, String> byName) {
    public PinnedVersions {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    public Optional<Instant> at() {
        return Optional.ofNullable(atOrNull);
    }

    @Override
    public String toString() {
        return "those of an earlier bake" + at().map(date -> ", of " + date).orElse("");
    }
}
