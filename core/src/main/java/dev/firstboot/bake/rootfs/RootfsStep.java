package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.plan.InstallRootfs;
import dev.firstboot.plan.Steps;
import java.io.IOException;

/** Installs the packages common to all machines and containers of an image. */
public final class RootfsStep implements StepRunner<InstallRootfs> {
    @Override
    public Class<InstallRootfs> type() {
        return InstallRootfs.class;
    }

    @Override
    public void run(InstallRootfs work, StepContext context) throws IOException {
        PackageVersions lock = PackageVersions.read(context.input(Steps.RESOLVE, Steps.PACKAGES_LOCK));
        PackageSources sources = PackageSources.read(
                context.input(Steps.RESOLVE, Steps.SOURCES_LOCK),
                work.packages().sources());
        // The file is next to the lock and not an input in the plan, so it changes no key.
        long bytes = PackageSizes.sum(
                context.input(Steps.RESOLVE, Steps.PACKAGES_LOCK).resolveSibling(Steps.PACKAGE_SIZES), lock);
        new Mmdebstrap(work.packages(), context.host(), context.reporter(), context.scratch())
                .install(lock, bytes, sources, context.output(Steps.ROOTFS_TAR));
    }
}
