package dev.firstboot.plan;

import dev.firstboot.image.Image;
import dev.firstboot.image.Target;
import dev.firstboot.plan.Step.Input;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A tar archive to be made of the whole file system, without kernel and boot loader: for containers.
 *
 * @param path where the archive goes
 * @param replace whether a file that is there already is replaced, once the new one is whole
 */
public record RootfsTar(Path path, boolean replace) implements Target<BakePlan> {
    public RootfsTar {
        Objects.requireNonNull(path, "path");
    }

    public static RootfsTar to(String path) {
        return to(Path.of(Objects.requireNonNull(path, "path")));
    }

    public static RootfsTar to(Path path) {
        return new RootfsTar(path, false);
    }

    /** The same, replacing what is there. */
    public RootfsTar replaceExisting() {
        return new RootfsTar(path, true);
    }

    @Override
    public BakePlan planFor(Image image) {
        PlanBuilder plan = new PlanBuilder();
        Steps.resolve(plan, image, false);
        Steps.rootfs(plan, image);
        Steps.configure(plan, image, new Input(Steps.ROOTFS, Steps.ROOTFS_TAR));
        Steps.archive(plan);
        return plan.build(image, "archive " + path);
    }
}
