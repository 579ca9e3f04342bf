package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Image;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;

/** Asks apt which version of each package there is, and writes the answer down. */
public final class ResolveStep implements StepRunner {
    @Override
    public String fingerprint() {
        return "2";
    }

    @Override
    public void run(StepContext context) throws IOException {
        Image image = context.image();
        PackageSources sources =
                PackageSources.of(image, Archives.find(image.release(), context.host(), context.scratch()));
        AptRoot apt =
                AptRoot.create(context.scratch().resolve("apt"), sources, image, context.host(), context.reporter());
        Resolver resolver = new Resolver(apt, image);
        PackageVersions packages = resolver.packages();
        packages.write(context.output(Steps.PACKAGES_LOCK));
        Files.writeString(context.output(Steps.SOURCES_LOCK), sources.toText());
        long all = packages.size();
        if (context.step().outputs().contains(Steps.KERNEL_LOCK)) {
            KernelLock kernel = resolver.kernel();
            kernel.write(context.output(Steps.KERNEL_LOCK));
            PackageVersions system = resolver.system(packages, kernel);
            system.write(context.output(Steps.SYSTEM_LOCK));
            all += system.size();
        }
        if (context.step().outputs().contains(Steps.PRIVATE_LOCK)) {
            Files.write(context.output(Steps.PRIVATE_LOCK), apt.notFrom(sources.debian(), packages));
        }
        context.reporter().items(all, all);
    }
}
