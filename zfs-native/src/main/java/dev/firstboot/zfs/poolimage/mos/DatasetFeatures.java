package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.DatasetFeature;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Counts the filesystems and snapshots that use each feature. Not thread-safe. */
final class DatasetFeatures {
    private final Map<Feature, Long> counts = new EnumMap<>(Feature.class);

    /** Counts a dataset that uses these features; its table of them is a feature too ({@code extensible_dataset}). */
    void count(Set<DatasetFeature> used) {
        used.forEach(feature -> counts.merge(Feature.of(feature), 1L, Long::sum));
        counts.merge(Feature.EXTENSIBLE_DATASET, 1L, Long::sum);
    }

    long of(Feature feature) {
        return counts.getOrDefault(feature, 0L);
    }
}
