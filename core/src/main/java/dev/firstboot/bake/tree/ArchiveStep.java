package dev.firstboot.bake.tree;

import dev.firstboot.bake.step.Progress;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.plan.MergeArchive;
import dev.firstboot.plan.Steps;
import java.nio.file.Path;

/** Merges the installed system and its overlay into one archive. */
public final class ArchiveStep implements StepRunner<MergeArchive> {
    @Override
    public Class<MergeArchive> type() {
        return MergeArchive.class;
    }

    @Override
    public void run(MergeArchive work, StepContext context) {
        Path base = context.input(Steps.ROOTFS, Steps.ROOTFS_TAR);
        Path overlay = context.input(Steps.CONFIGURE, Steps.OVERLAY_TAR);
        Removals removals = Removals.read(context.input(Steps.CONFIGURE, Steps.REMOVALS));
        MergedTree merged = new MergedTree(base, overlay, removals);
        Progress progress = new Progress(context.reporter(), merged.length());
        merged.writeTo(context.output(Steps.ARCHIVE_TAR), progress::at);
    }
}
