package dev.firstboot.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when a machine does not become ready in time. Carries what could be learned from inside; the message begins with the obstacle. */
public final class ReadinessTimeoutException extends MachineException {
    private static final long serialVersionUID = 1L;

    private final transient Duration waited;
    private final transient @Nullable Obstacle obstacle;
    private final transient List<String> failedUnits;
    private final transient List<String> journal;
    private final transient List<String> console;

    /**
     * What prevented readiness.
     *
     * @param name the probe that failed last, or the unit, or {@code firewall}
     * @param reason its last message; may be empty
     */
    public record Obstacle(String name, String reason) {
        @Override
        public String toString() {
            return reason.isEmpty() ? name : name + ": " + reason;
        }
    }

    /** Creates an exception with the machine's name, the time waited, and what was found. */
    public ReadinessTimeoutException(
            String machine,
            Duration waited,
            Optional<Obstacle> obstacle,
            List<String> failedUnits,
            List<String> journal,
            List<String> console) {
        super(machine, text(waited, obstacle, failedUnits, journal, console));
        this.waited = waited;
        this.obstacle = obstacle.orElse(null);
        this.failedUnits = List.copyOf(failedUnits);
        this.journal = List.copyOf(journal);
        this.console = List.copyOf(console);
    }

    /** Returns how long the caller waited. */
    public Duration waited() {
        return waited;
    }

    /** Returns the probe that failed last, with its last message; empty if no probe had been tried yet, or the machine could not be asked. */
    public Optional<Obstacle> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** Returns the units that failed, as systemd names them; also empty if the machine could not be asked. */
    public List<String> failedUnits() {
        return failedUnits;
    }

    /** Returns the last lines of the machine's journal; empty if it could not be asked. */
    public List<String> journal() {
        return journal;
    }

    /** Returns the last lines of the console. */
    public List<String> console() {
        return console;
    }

    private static String text(
            Duration waited,
            Optional<Obstacle> obstacle,
            List<String> failedUnits,
            List<String> journal,
            List<String> console) {
        StringBuilder text = new StringBuilder("not ready after " + waited.toMillis() / 1000.0 + " s");
        obstacle.ifPresent(known -> text.append(": ").append(known));
        text.append("; failed units: ").append(failedUnits.isEmpty() ? "none" : String.join(", ", failedUnits));
        section(text, "the journal's last lines", journal);
        section(text, "the console's last lines", console);
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(System.lineSeparator()).append(title).append(':');
            lines.forEach(
                    line -> text.append(System.lineSeparator()).append("  ").append(line));
        }
    }
}
