package dev.firstboot.bake;

import dev.firstboot.bake.firstboot.ConfigureStep;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.ArchiveStep;
import dev.firstboot.plan.Steps;
import java.util.Map;

/** Who carries out which step. */
final class Runners {
    private static final Map<String, StepRunner> ALL =
            Map.of(Steps.CONFIGURE, new ConfigureStep(), Steps.ARCHIVE, new ArchiveStep());

    private Runners() {}

    /** The runner of each step, by the step's name. */
    static Map<String, StepRunner> all() {
        return ALL;
    }
}
