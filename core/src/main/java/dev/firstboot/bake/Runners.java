package dev.firstboot.bake;

import dev.firstboot.bake.step.StepRunner;
import java.util.Map;

/** Who carries out which step. */
final class Runners {
    private static final Map<String, StepRunner> ALL = Map.of();

    private Runners() {}

    /** The runner of each step, by the step's name. */
    static Map<String, StepRunner> all() {
        return ALL;
    }
}
