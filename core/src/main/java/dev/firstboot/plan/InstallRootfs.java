package dev.firstboot.plan;

import java.util.List;
import java.util.Objects;

/**
 * Installs the packages that any machine or container of an image has, in the versions that were resolved.
 *
 * @param packages which are asked for by name
 */
public record InstallRootfs(PackageChoice packages) implements Work {
    public InstallRootfs {
        Objects.requireNonNull(packages, "packages");
    }

    @Override
    public String step() {
        return Steps.ROOTFS;
    }

    @Override
    public String title() {
        return "install the packages with mmdebstrap";
    }

    @Override
    public List<Input> inputs() {
        return List.of(new Input(Steps.RESOLVE, Steps.PACKAGES_LOCK), new Input(Steps.RESOLVE, Steps.SOURCES_LOCK));
    }

    @Override
    public List<String> outputs() {
        return List.of(Steps.ROOTFS_TAR);
    }
}
