package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.sandbox.Sandbox;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.image.Resources;
import dev.firstboot.plan.LayOutSystem;
import dev.firstboot.plan.PackageChoice;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Turns an installed tree into one that boots from ZFS: adds kernel, modules and boot loader, and builds the initramfs. */
public final class SystemStep implements StepRunner<LayOutSystem> {
    private static final String SCRIPT = "system.sh";
    private static final String INITRAMFS = "initramfs-files";
    private static final String PACKAGES = "packages";
    private static final String STANDARD_INPUT = "-";

    @Override
    public Class<LayOutSystem> type() {
        return LayOutSystem.class;
    }

    @Override
    public void run(LayOutSystem work, StepContext context) throws IOException {
        Sandbox sandbox = Sandbox.create(context.scratch().resolve("sandbox"));
        KernelLock kernel = KernelLock.read(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK));
        PackageVersions lock = PackageVersions.read(context.input(Steps.RESOLVE, Steps.SYSTEM_LOCK));
        PackageSources sources = PackageSources.read(context.input(Steps.RESOLVE, Steps.SOURCES_LOCK), work.sources());
        Path packages = sandbox.directory(PACKAGES);
        AptRoot.create(
                        context.scratch().resolve("apt"),
                        sources,
                        PackageChoice.only(work.release()),
                        context.host(),
                        context.reporter())
                .download(lock, packages);
        Files.copy(
                context.input(Steps.MODULES, Steps.MODULES_DEB),
                packages.resolve(kernel.modulesPackage() + "_" + kernel.zfsVersion() + "_amd64.deb"));
        Path initramfs = sandbox.directory(INITRAMFS);
        for (InitramfsFile file : InitramfsFile.values()) {
            file.writeBelow(initramfs);
        }
        install(context, sandbox, kernel, lock.size() + 1L);
        for (String output : work.outputs()) {
            sandbox.take(output, context.output(output));
        }
    }

    private static void install(StepContext context, Sandbox sandbox, KernelLock kernel, long total)
            throws IOException {
        AtomicLong done = new AtomicLong();
        sandbox.run("sh", sandbox.write(SCRIPT, Resources.bytes(SystemStep.class, SCRIPT)))
                .add(sandbox.path("root"), STANDARD_INPUT, sandbox.path(PACKAGES), sandbox.path(INITRAMFS))
                .add(kernel.release(), sandbox.path(""), Long.toString(Overlay.TIME))
                .stdin(context.input(Steps.ROOTFS, Steps.ROOTFS_TAR))
                .onLine(line -> {
                    context.reporter().toolOutput(line);
                    if (line.startsWith("Setting up ")) {
                        context.reporter().items(Math.min(done.incrementAndGet(), total), total);
                    }
                })
                .execute();
    }
}
