package dev.firstboot.bake.scan;

import dev.firstboot.bake.tree.TarEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds PostgreSQL clusters: a directory with {@code PG_VERSION} and {@code global/pg_control}, in whatever order they come. */
final class ClusterFinder {
    private static final String VERSION = "/PG_VERSION";
    private static final String CONTROL = "/global/pg_control";

    private final Set<String> withVersion = new HashSet<>();
    private final Set<String> withControl = new HashSet<>();

    void see(TarEntry entry) {
        String path = entry.path();
        if (path.endsWith(VERSION)) {
            withVersion.add(path.substring(0, path.length() - VERSION.length()));
        } else if (path.endsWith(CONTROL)) {
            withControl.add(path.substring(0, path.length() - CONTROL.length()));
        }
    }

    List<Finding> findings() {
        return withControl.stream()
                .filter(withVersion::contains)
                .map(directory -> new Finding(directory, Kind.DATABASE_CLUSTER))
                .toList();
    }
}
