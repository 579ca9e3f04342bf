package dev.firstboot.machine;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a machine that is not ready in time what went wrong inside. */
final class Diagnosis {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Diagnosis() {}

    static ReadinessTimeoutException of(BaseMachine machine, Duration waited) {
        List<String> failed = ask(machine, "systemctl", "list-units", "--failed", "--no-legend", "--plain").stream()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(unit -> !unit.isEmpty())
                .toList();
        List<String> journal =
                ask(machine, "journalctl", "--boot", "--no-pager", "--lines=60", "--output=short-monotonic");
        return new ReadinessTimeoutException(machine.name(), waited, failed, journal, machine.consoleTail(30));
    }

    private static List<String> ask(BaseMachine machine, String... command) {
        try {
            return machine.runInside(new byte[0], List.of(command), PATIENCE)
                    .output()
                    .lines()
                    .toList();
        } catch (MachineException e) {
            LOG.debug("no diagnosis of {}: {}", machine.name(), e.getMessage());
            return List.of();
        }
    }
}
