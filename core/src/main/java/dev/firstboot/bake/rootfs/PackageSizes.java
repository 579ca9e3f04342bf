package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** How many bytes there are to download: for progress, and for nothing that decides a result. One package and its size a line. */
final class PackageSizes {
    private PackageSizes() {}

    static void write(SortedMap<String, Long> sizes, Path file) throws IOException {
        List<String> lines = sizes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        Files.write(file, lines);
    }

    /** The sum over these packages; 0 if it is not known of all, as in the results of earlier versions, which have no such file. */
    static long sum(Path file, PackageVersions versions) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        Map<String, String> named = versions.byName();
        long sum = 0;
        int found = 0;
        for (String line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            if (space > 0 && named.containsKey(line.substring(0, space))) {
                sum += Long.parseLong(line.substring(space + 1));
                found++;
            }
        }
        return found == named.size() ? sum : 0;
    }
}
