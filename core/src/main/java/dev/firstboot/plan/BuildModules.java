package dev.firstboot.plan;

import dev.firstboot.image.Release;
import java.util.List;
import java.util.Objects;

/**
 * Compiles the kernel modules of ZFS for the kernel that was resolved.
 *
 * @param release where compiler and sources are from
 */
public record BuildModules(Release release) implements Work {
    public BuildModules {
        Objects.requireNonNull(release, "release");
    }

    @Override
    public String step() {
        return Steps.MODULES;
    }

    @Override
    public String title() {
        return "compile the ZFS kernel modules in a chroot of their own";
    }

    @Override
    public List<Input> inputs() {
        return List.of(new Input(Steps.RESOLVE, Steps.KERNEL_LOCK));
    }

    @Override
    public List<String> outputs() {
        return List.of(Steps.MODULES_DEB);
    }
}
