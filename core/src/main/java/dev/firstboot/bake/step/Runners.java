package dev.firstboot.bake.step;

import java.util.Map;

/** Who carries out which step. */
public final class Runners {
    private static final Map<String, StepRunner> ALL = Map.of();

    private Runners() {}

    /** The runner of each step, by the step's name. */
    public static Map<String, StepRunner> all() {
        return ALL;
    }
}
