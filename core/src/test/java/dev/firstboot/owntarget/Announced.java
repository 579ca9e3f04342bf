package dev.firstboot.owntarget;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.image.Image;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Baked;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Target;
import dev.firstboot.plan.TargetFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A target of a program's own that hands on to one of the library, and calls back.
 *
 * @param disk what is made
 * @param done hears that it is there
 */
public record Announced(Disk disk, Consumer<DiskImage> done) implements Target<DiskImage> {
    @Override
    public BakePlan planFor(Image image) {
        return disk.planFor(image);
    }

    @Override
    public Optional<TargetFile> file() {
        return disk.file();
    }

    @Override
    public DiskImage deliver(Baked baked) throws IOException {
        DiskImage image = disk.deliver(baked);
        done.accept(image);
        return image;
    }
}
