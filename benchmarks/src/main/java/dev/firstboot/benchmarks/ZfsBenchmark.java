package dev.firstboot.benchmarks;

import dev.firstboot.benchmarks.zfs.GuestMain;
import dev.firstboot.image.Release;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.ring.Ring;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What calls into ZFS cost from Java: against C, which is compiled here, and against the {@code zfs} command; in a guest with live ZFS.
 * {@code ./dev bench zfs} runs this; it needs gcc.
 */
public final class ZfsBenchmark {
    private static final String PROGRAM = "snapshots";

    private ZfsBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("firstboot-bench-");
        try {
            Ring ring = new Ring(Release.DEBIAN_13, Path.of("benchmarks/target"));
            Path out = ring.runProgram(
                    GuestMain.class.getName(), Map.of(PROGRAM, compiled(directory)), System.out::println);
            Path report = new BenchmarkReport("zfs", "./dev bench zfs", numbers(out.resolve("bench.tsv")))
                    .write(Path.of("benchmarks/results"));
            System.out.println("\n" + Files.readString(report) + "\nWritten to " + report);
        } finally {
            Trees.delete(directory);
        }
    }

    private static byte[] compiled(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("snapshots.c");
        try (InputStream in =
                Objects.requireNonNull(GuestMain.class.getResourceAsStream("snapshots.c"), "snapshots.c")) {
            Files.copy(in, source);
        }
        Path program = directory.resolve(PROGRAM);
        Children.run(List.of("gcc", "-O2", "-Wall", "-o", program.toString(), source.toString(), "-ldl"));
        return Files.readAllBytes(program);
    }

    private static Map<String, Double> numbers(Path file) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            numbers.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
        }
        return numbers;
    }
}
