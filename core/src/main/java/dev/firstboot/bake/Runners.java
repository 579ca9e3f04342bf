package dev.firstboot.bake;

import dev.firstboot.bake.disk.DiskStep;
import dev.firstboot.bake.firstboot.ConfigureStep;
import dev.firstboot.bake.rootfs.ModulesStep;
import dev.firstboot.bake.rootfs.ResolveStep;
import dev.firstboot.bake.rootfs.RootfsStep;
import dev.firstboot.bake.rootfs.SystemStep;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.ArchiveStep;
import dev.firstboot.plan.Steps;
import java.util.Map;

/** Maps steps to their runners. */
final class Runners {
    private static final Map<String, StepRunner<?>> ALL = Map.of(
            Steps.RESOLVE, new ResolveStep(),
            Steps.ROOTFS, new RootfsStep(),
            Steps.MODULES, new ModulesStep(),
            Steps.SYSTEM, new SystemStep(),
            Steps.CONFIGURE, new ConfigureStep(),
            Steps.DISK, new DiskStep(),
            Steps.ARCHIVE, new ArchiveStep());

    private Runners() {}

    /** Returns the runner of each step, by the step's name. */
    static Map<String, StepRunner<?>> all() {
        return ALL;
    }
}
