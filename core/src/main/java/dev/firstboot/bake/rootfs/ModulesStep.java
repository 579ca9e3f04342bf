package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.sandbox.Sandbox;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.plan.BuildModules;
import dev.firstboot.plan.PackageChoice;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compiles the ZFS kernel modules for one kernel, in a separate chroot, so that no compiler gets into the image. Depends only on the kernel, not on
 * the rest of the image.
 */
public final class ModulesStep implements StepRunner<BuildModules> {
    private static final String SCRIPT = "modules.sh";
    private static final String PACKAGES = "packages";
    private static final String ROOT = "root";
    private static final Tool DPKG_DEB = Tool.of("dpkg-deb", "dpkg");
    /** Packages that kernel headers and dkms depend on, but compiling does not need. */
    private static final String NOT_NEEDED =
            "linux-image-.*|linux-base|initramfs-tools.*|dracut.*|systemd.*|libsystemd-shared|udev|dkms|klibc-utils|libklibc|lsb-release"
                    + "|kmod|cpio|logsave|tzdata|media-types|file|libmagic.*|patch|dpkg-dev|apt|libapt-pkg.*|adduser|sqv|gpgv";

    @Override
    public Class<BuildModules> type() {
        return BuildModules.class;
    }

    @Override
    public void run(BuildModules work, StepContext context) throws IOException {
        PackageChoice choice = new PackageChoice(work.release(), work.backports(), List.of(), List.of());
        DPKG_DEB.require();
        Sandbox sandbox = Sandbox.create(context.scratch().resolve("sandbox"));
        KernelLock kernel = KernelLock.read(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK));
        DebianArchive archive = Archives.find(work.release(), context.host(), context.scratch());
        AptRoot apt = AptRoot.create(
                context.scratch().resolve("apt"),
                new PackageSources(archive.sources(choice), Map.of()),
                choice,
                context.host(),
                context.reporter());
        Path packages = sandbox.directory(PACKAGES);
        apt.download(compilerAndSources(apt, kernel), packages);
        sandbox.directory(ROOT);
        compile(context, sandbox, kernel);
        sandbox.take(Steps.MODULES_DEB, context.output(Steps.MODULES_DEB));
    }

    private static PackageVersions compilerAndSources(AptRoot apt, KernelLock kernel) {
        PackageVersions all = apt.resolve(List.of(
                kernel.headersPackage() + "=" + kernel.imageVersion(),
                "zfs-dkms=" + kernel.zfsVersion(),
                "gcc",
                "make",
                "mawk"));
        SortedMap<String, String> needed = new TreeMap<>(all.byName());
        needed.keySet().removeIf(name -> name.matches(NOT_NEEDED));
        return new PackageVersions(needed);
    }

    private static void compile(StepContext context, Sandbox sandbox, KernelLock kernel) throws IOException {
        Compilation progress = new Compilation(context);
        try {
            sandbox.run("sh", sandbox.write(SCRIPT, Resources.bytes(ModulesStep.class, SCRIPT)))
                    .add(sandbox.path(ROOT), sandbox.path(PACKAGES))
                    .add(kernel.release(), kernel.zfsVersion(), kernel.modulesPackage())
                    .add(sandbox.path(Steps.MODULES_DEB))
                    .onLine(progress::line)
                    .execute();
        } catch (ToolException e) {
            throw new StepException(
                    "OpenZFS " + kernel.zfsVersion() + " does not compile for Linux " + kernel.release() + ": "
                            + e.summary(),
                    e.hint() == null ? "" : e.hint(),
                    e.tail());
        }
    }

    /** Counts what has been compiled. */
    private static final class Compilation {
        private static final String TOTAL = "objects: ";

        private final StepContext context;
        private final AtomicLong done = new AtomicLong();
        private volatile long total;

        Compilation(StepContext context) {
            this.context = context;
        }

        void line(String line) {
            context.reporter().toolOutput(line);
            if (line.startsWith(TOTAL)) {
                total = Long.parseLong(line.substring(TOTAL.length()).strip());
            } else if (line.matches("\\s*(CC|AS) \\[M] .*/module/.*")) {
                context.reporter().items(Math.min(done.incrementAndGet(), total), total);
            }
        }
    }
}
