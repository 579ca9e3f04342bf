package dev.firstboot.machine;

import java.time.Duration;
import java.util.List;

/** A machine did not become ready in time. Carries what could be learnt from inside. */
public final class ReadinessTimeoutException extends MachineException {
    private static final long serialVersionUID = 1L;

    private final transient Duration waited;
    private final transient List<String> failedUnits;
    private final transient List<String> journal;
    private final transient List<String> console;

    ReadinessTimeoutException(
            String machine, Duration waited, List<String> failedUnits, List<String> journal, List<String> console) {
        super(machine, text(waited, failedUnits, journal, console));
        this.waited = waited;
        this.failedUnits = List.copyOf(failedUnits);
        this.journal = List.copyOf(journal);
        this.console = List.copyOf(console);
    }

    /** How long was waited. */
    public Duration waited() {
        return waited;
    }

    /** The units that failed, as systemd names them; empty also when the machine could not be asked. */
    public List<String> failedUnits() {
        return failedUnits;
    }

    /** The last lines of the machine's journal; empty when it could not be asked. */
    public List<String> journal() {
        return journal;
    }

    /** The last lines of the console. */
    public List<String> console() {
        return console;
    }

    private static String text(Duration waited, List<String> failedUnits, List<String> journal, List<String> console) {
        StringBuilder text = new StringBuilder("not ready after " + waited.toMillis() / 1000.0 + " s");
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
