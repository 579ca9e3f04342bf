package dev.firstboot.plan;

import java.util.List;

/** Merges the installed system and its overlay into one archive. */
public record MergeArchive() implements Work {
    @Override
    public String step() {
        return Steps.ARCHIVE;
    }

    @Override
    public String title() {
        return "merge system and configuration into one archive";
    }

    @Override
    public List<Input> inputs() {
        return List.of(
                new Input(Steps.ROOTFS, Steps.ROOTFS_TAR),
                new Input(Steps.CONFIGURE, Steps.OVERLAY_TAR),
                new Input(Steps.CONFIGURE, Steps.REMOVALS));
    }

    @Override
    public List<String> outputs() {
        return List.of(Steps.ARCHIVE_TAR);
    }
}
