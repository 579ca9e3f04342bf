package dev.firstboot.machine.life;

import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.ReadinessTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a machine that is not ready in time what went wrong inside. A short wait gets a short diagnosis. */
final class Diagnosis {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** A line of Firstboot's own probing, in the journal or on the console: what is not ready, and why. */
    private static final Pattern OBSTACLE = Pattern.compile("firstboot: not ready: (\\S+?): ?(.*)");

    private final BaseMachine machine;
    private final long end;
    private boolean silent;

    private Diagnosis(BaseMachine machine, Duration patience) {
        this.machine = machine;
        this.end = System.nanoTime() + patience.toNanos();
    }

    static ReadinessTimeoutException of(BaseMachine machine, Duration waited) {
        return new Diagnosis(machine, patience(waited)).make(waited);
    }

    /** Returns how long all questions together may take. */
    static Duration patience(Duration waited) {
        Duration share = waited.dividedBy(10);
        if (share.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }

    private ReadinessTimeoutException make(Duration waited) {
        List<String> probing =
                ask("journalctl", "--boot", "--no-pager", "--unit=firstboot-probe.service", "--lines=20");
        List<String> failed = ask("systemctl", "list-units", "--failed", "--no-legend", "--plain").stream()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(unit -> !unit.isEmpty())
                .toList();
        List<String> journal = ask("journalctl", "--boot", "--no-pager", "--lines=60", "--output=short-monotonic");
        List<String> console = machine.consoleTail(30);
        Optional<ReadinessTimeoutException.Obstacle> obstacle =
                obstacle(probing).or(() -> obstacle(journal)).or(() -> obstacle(machine.consoleTail(1000)));
        return new ReadinessTimeoutException(machine.name(), waited, obstacle, failed, journal, console);
    }

    /** Returns the last reported obstacle. */
    static Optional<ReadinessTimeoutException.Obstacle> obstacle(List<String> lines) {
        return lines.stream()
                .map(OBSTACLE::matcher)
                .filter(Matcher::find)
                .map(found -> new ReadinessTimeoutException.Obstacle(
                        found.group(1), found.group(2).strip()))
                .reduce((before, last) -> last);
    }

    /** Returns the output lines of a command; none once the machine left a question unanswered. */
    private List<String> ask(String... command) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (silent || left.isNegative() || left.isZero()) {
            return List.of();
        }
        try {
            return machine.ask(left, command).output().lines().toList();
        } catch (MachineException e) {
            LOG.debug("no diagnosis of {}: {}", machine.name(), e.getMessage());
            silent = true;
            return List.of();
        }
    }
}
