package dev.firstboot.bake.disk;

import dev.firstboot.bake.step.StepReporter;

/** Understands what the builder guest says: {@code progress BYTES}, {@code log TEXT}, {@code fail TEXT}, {@code done}. Thread-safe. */
final class GuestReport {
    private final StepReporter reporter;
    private final long total;
    private volatile String failure = "";
    private volatile boolean complete;

    GuestReport(StepReporter reporter, long total) {
        this.reporter = reporter;
        this.total = total;
    }

    void line(String raw) {
        String line = raw.strip();
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        switch (word) {
            case "progress" -> reporter.bytes(Math.min(bytes(rest), total), total);
            case "fail" -> failure = failure.isEmpty() ? rest : failure;
            case "done" -> {
                complete = true;
                reporter.bytes(total, total);
            }
            default -> reporter.toolOutput(line);
        }
    }

    /** What went wrong; empty if nothing did. */
    String failure() {
        return failure;
    }

    /** Whether the guest said that all is done. */
    boolean isComplete() {
        return complete && failure.isEmpty();
    }

    private static long bytes(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
