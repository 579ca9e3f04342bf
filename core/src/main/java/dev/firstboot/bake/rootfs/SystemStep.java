package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.image.Resources;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Makes an installed tree into one that boots from ZFS: adds kernel, modules and boot loader, and makes the initramfs. */
public final class SystemStep implements StepRunner {
    private static final String SCRIPT = "system.sh";

    @Override
    public String fingerprint() {
        return Fingerprint.of(2, SystemStep.class, SCRIPT);
    }

    @Override
    public void run(StepContext context) throws IOException {
        Sandbox.check();
        KernelLock kernel = KernelLock.read(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK));
        PackageVersions lock = PackageVersions.read(context.input(Steps.RESOLVE, Steps.SYSTEM_LOCK));
        PackageSources sources = PackageSources.read(context.input(Steps.RESOLVE, Steps.SOURCES_LOCK), context.image());
        Path packages = context.scratch().resolve("packages");
        AptRoot.create(context.scratch().resolve("apt"), sources, context.image(), context.host(), context.reporter())
                .download(lock, packages);
        Files.copy(
                context.input(Steps.MODULES, Steps.MODULES_DEB),
                packages.resolve(kernel.modulesPackage() + "_" + kernel.zfsVersion() + "_amd64.deb"));
        install(context, kernel, packages, lock.size() + 1L);
    }

    private static void install(StepContext context, KernelLock kernel, Path packages, long total) throws IOException {
        Path script = Files.write(context.scratch().resolve(SCRIPT), Resources.bytes(SystemStep.class, SCRIPT));
        Path root = context.scratch().resolve("root");
        AtomicLong done = new AtomicLong();
        try {
            Sandbox.run(
                            script,
                            root.toString(),
                            context.input(Steps.ROOTFS, Steps.ROOTFS_TAR).toString(),
                            packages.toString(),
                            kernel.release(),
                            context.outputs().toString(),
                            Long.toString(Overlay.TIME))
                    .grace(Duration.ofSeconds(2))
                    .onLine(line -> {
                        context.reporter().toolOutput(line);
                        if (line.startsWith("Setting up ")) {
                            context.reporter().items(Math.min(done.incrementAndGet(), total), total);
                        }
                    })
                    .execute();
        } finally {
            Sandbox.delete(root);
        }
    }
}
