package dev.firstboot.bake;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.image.Image;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Step.Input;
import dev.firstboot.plan.Steps;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** Delivers a tar archive as it is kept. */
record ArchiveDelivery(RootfsTar target) implements Delivery<RootfsArchive> {
    @Override
    public BakePlan plan(Image image) {
        return image.plan(target);
    }

    @Override
    public Path path() {
        return target.path();
    }

    @Override
    public boolean replace() {
        return target.replace();
    }

    @Override
    public Input source() {
        return new Input(Steps.ARCHIVE, Steps.ARCHIVE_TAR);
    }

    @Override
    public FileAttribute<?>[] attributes() {
        return new FileAttribute<?>[0];
    }

    @Override
    public Path finish(Path copy) {
        return copy;
    }

    @Override
    public RootfsArchive artifact(Image image, Manifest manifest) {
        return new RootfsArchive(target.path(), manifest);
    }
}
