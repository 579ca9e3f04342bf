package dev.firstboot.examples.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Things that must be true, tried one after the other. Not thread-safe. */
public final class Checks {
    private final List<Check> done = new ArrayList<>();

    /**
     * One thing that was tried.
     *
     * @param name what
     * @param passed whether it is as it must be
     * @param detail what was seen
     * @param seconds how long it took
     */
    public record Check(String name, boolean passed, String detail, double seconds) {}

    /** Tries something and goes on whatever comes of it. */
    public void check(String name, Callable<String> attempt) {
        try {
            require(name, attempt);
        } catch (FailedCheckException e) {
            // It stands in the list.
        }
    }

    /**
     * Tries something without which the rest makes no sense, and gives how long it took in seconds.
     *
     * @throws FailedCheckException if it fails
     */
    public double require(String name, Callable<String> attempt) {
        long start = System.nanoTime();
        try {
            String detail = attempt.call();
            double seconds = seconds(start);
            done.add(new Check(name, true, detail, seconds));
            return seconds;
        } catch (Exception e) {
            String reason = String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse(e.getClass().getSimpleName());
            done.add(new Check(name, false, reason, seconds(start)));
            throw new FailedCheckException(name, e);
        }
    }

    /** What was tried, in order. */
    public List<Check> done() {
        return List.copyOf(done);
    }

    /** Whether all is as it must be. */
    public boolean passed() {
        return done.stream().allMatch(Check::passed);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** A check failed that the rest depends on. */
    public static final class FailedCheckException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedCheckException(String name, Exception cause) {
            super(name + ": " + cause.getMessage(), cause);
        }
    }
}
