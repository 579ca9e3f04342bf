package dev.firstboot.examples.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Lines for logs and pipes: one when a task begins or ends, and one every few seconds for all that run. */
final class PlainProgress implements Progress {
    static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Map<String, Running> tasks = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    PlainProgress(PrintStream out) {
        this(out, EVERY);
    }

    PlainProgress(PrintStream out, Duration every) {
        this.out = out;
        var unused = clock.scheduleAtFixedRate(this::tell, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task, when it began and how far it is. */
    private record Running(long start, String amount) {
        String words(String name) {
            return name + " " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s" + amount;
        }
    }

    @Override
    public synchronized void started(String task, String title) {
        tasks.put(task, new Running(System.nanoTime(), ""));
        out.println("  → " + task + ": " + title);
    }

    @Override
    public synchronized void progressed(String task, long done, long total, String unit) {
        String amount = " (" + done + (total > 0 ? " of " + total : "") + " " + unit + ")";
        tasks.computeIfPresent(task, (name, running) -> new Running(running.start(), amount));
    }

    @Override
    public void detail(String task, String words) {
        // Lines are for what matters to those who read them later.
    }

    @Override
    public synchronized void finished(String task, String words) {
        tasks.remove(task);
        out.println("  ✓ " + task + ": " + words);
    }

    private synchronized void tell() {
        if (!tasks.isEmpty()) {
            out.println("    … "
                    + tasks.entrySet().stream()
                            .map(task -> task.getValue().words(task.getKey()))
                            .collect(Collectors.joining(", ")));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
