package dev.firstboot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pool image costs who writes one: each in a JVM that was just started, its start included, on one processor and on two, against {@code mke2fs -d} on the
 * same processors. Medians of rounds in which each takes its turn.
 */
final class ColdPools {
    private static final int ROUNDS = 5;

    private final Path tree;
    private final Path tar;
    private final Path target;

    ColdPools(Path tree, Path tar, Path target) {
        this.tree = tree;
        this.tar = tar;
        this.target = target;
    }

    /** Seconds and ratios, by what they are. */
    Map<String, Double> measure() throws IOException, InterruptedException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String processors : List.of("0", "0,1")) {
            String on = processors.equals("0") ? "one processor" : "two processors";
            Map<String, List<Double>> seconds = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                take(
                        seconds,
                        "mke2fs -d",
                        processors,
                        "mke2fs",
                        "-q",
                        "-t",
                        "ext4",
                        "-d",
                        tree.toString(),
                        target.toString(),
                        "2G");
                for (String compression : List.of("LZ4", "ZSTD", "OFF")) {
                    write(seconds, "pool in a fresh JVM, " + compression, processors, compression, List.of());
                }
                write(
                        seconds,
                        "pool in a fresh JVM with the first compiler alone, LZ4",
                        processors,
                        "LZ4",
                        List.of("-XX:TieredStopAtLevel=1"));
            }
            double ext4 = median(seconds.getOrDefault("mke2fs -d", List.of()));
            seconds.forEach((what, all) -> {
                numbers.put(what + ", on " + on + ", s", median(all));
                if (what.startsWith("pool")) {
                    numbers.put(what + ", on " + on + " / mke2fs -d (at most 1.5)", median(all) / ext4);
                }
            });
        }
        return numbers;
    }

    private void write(
            Map<String, List<Double>> seconds, String what, String processors, String compression, List<String> options)
            throws IOException, InterruptedException {
        List<String> words = Children.java(options, PoolChild.class, tar.toString(), target.toString(), compression);
        take(seconds, what, processors, words.toArray(String[]::new));
    }

    private void take(Map<String, List<Double>> seconds, String what, String processors, String... command)
            throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        List<String> words = new ArrayList<>(List.of("taskset", "--cpu-list", processors));
        words.addAll(List.of(command));
        seconds.computeIfAbsent(what, unknown -> new ArrayList<>()).add(Children.run(words));
        Files.deleteIfExists(target);
    }

    static double median(List<Double> all) {
        List<Double> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
