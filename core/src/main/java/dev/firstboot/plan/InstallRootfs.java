package dev.firstboot.plan;

import java.util.List;
import java.util.Objects;

/**
 * Installs the packages common to machines and containers of an image, in the resolved versions.
 *
 * @param packages the packages requested by name
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
