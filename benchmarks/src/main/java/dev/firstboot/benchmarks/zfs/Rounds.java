package dev.firstboot.benchmarks.zfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several rounds measured, as medians. */
final class Rounds {
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    void add(String what, double value) {
        measured.computeIfAbsent(what, unknown -> new ArrayList<>()).add(value);
        System.out.println("bench: " + what + " " + value);
    }

    void ratio(String what, String one, String other) {
        add(what, median(one) / median(other));
    }

    private double median(String what) {
        List<Double> sorted = new ArrayList<>(measured.getOrDefault(what, List.of(Double.NaN)));
        sorted.sort(null);
        return sorted.get(sorted.size() / 2);
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        measured.keySet().forEach(what -> lines.add(what + "\t" + median(what)));
        Files.write(file, lines);
    }
}
