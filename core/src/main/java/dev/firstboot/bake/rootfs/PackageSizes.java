package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The number of bytes to download, used only for progress. One package and its size per line. */
final class PackageSizes {
    private PackageSizes() {}

    static void write(SortedMap<String, Long> sizes, Path file) throws IOException {
        List<String> lines = sizes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        Files.write(file, lines);
    }

    /** Returns the sum over these packages; 0 unless all sizes are known, as in results of earlier versions, which have no such file. */
    static long sum(Path file, PackageVersions versions) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    sizes.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
                }
            }
        }
        return sum(sizes, versions);
    }

    /** Returns the sum over these packages; 0 unless all sizes are known. */
    static long sum(SortedMap<String, Long> sizes, PackageVersions versions) {
        Set<String> names = versions.byName().keySet();
        return sizes.keySet().containsAll(names)
                ? names.stream().mapToLong(name -> sizes.getOrDefault(name, 0L)).sum()
                : 0;
    }
}
