package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.StepReporter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts downloaded bytes from what apt prints when it starts to fetch a package. Thread-safe. */
final class DownloadProgress {
    /** Such as {@code Get:12 http://mirror.example.com/debian trixie/main amd64 libc6 amd64 2.41-12 [2847 kB]}; package lists have fewer words. */
    private static final Pattern GET =
            Pattern.compile("Get:\\d+ \\S+ \\S+ \\S+ \\S+ \\S+ \\S+ \\[([0-9.,]+) ([kMG]?)B\\]");

    private static final Map<String, Double> UNITS = Map.of("", 1.0, "k", 1e3, "M", 1e6, "G", 1e9);

    private final StepReporter reporter;
    private final long total;
    private double done;

    /** Counts up to {@code total} bytes; 0 if unknown. */
    DownloadProgress(StepReporter reporter, long total) {
        this.reporter = reporter;
        this.total = total;
        reporter.bytes(0, total);
    }

    /** Reads a line that apt printed. Sizes in it are rounded, so the progress is too. */
    synchronized void line(String line) {
        Matcher get = GET.matcher(line);
        if (get.matches()) {
            done += Double.parseDouble(get.group(1).replace(",", "")) * UNITS.getOrDefault(get.group(2), 1.0);
            reporter.bytes(total == 0 ? Math.round(done) : Math.min(Math.round(done), total), total);
        }
    }
}
