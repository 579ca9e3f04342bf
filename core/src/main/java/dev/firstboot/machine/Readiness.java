package dev.firstboot.machine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The report of a machine whose services are ready.
 *
 * @param image the name of the image it was booted from
 * @param firstBoot whether this was its first boot
 * @param elapsed from the kernel's start until ready, by the machine's own clock
 * @param probes the probes that passed
 * @param failedUnits the units that failed nevertheless, as systemd names them: no probe needs them, but somebody should look
 */
public record Readiness(
        String image, boolean firstBoot, Duration elapsed, List<PassedProbe> probes, List<String> failedUnits) {

    public Readiness {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(elapsed, "elapsed");
        probes = List.copyOf(probes);
        failedUnits = List.copyOf(failedUnits);
    }

    /**
     * A probe that passed.
     *
     * @param name its name
     * @param elapsed how long its last try took
     */
    public record PassedProbe(String name, Duration elapsed) {}

    @Override
    public String toString() {
        String passed = probes.stream().map(PassedProbe::name).collect(Collectors.joining(", "));
        return image + " ready after " + elapsed.toMillis() / 1000.0 + " s" + (firstBoot ? " of its first boot" : "")
                + (passed.isEmpty() ? "" : "; probes passed: " + passed)
                + (failedUnits.isEmpty() ? "" : "; failed units: " + String.join(", ", failedUnits));
    }
}
