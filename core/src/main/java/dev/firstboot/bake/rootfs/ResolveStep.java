package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.PinnedVersions;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Release;
import dev.firstboot.plan.PackageChoice;
import dev.firstboot.plan.ResolvePackages;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks apt for the version of each package, and records the answer and its date. If versions are pinned, the answer is exactly those, or an error.
 */
public final class ResolveStep implements StepRunner<ResolvePackages> {
    @Override
    public Class<ResolvePackages> type() {
        return ResolvePackages.class;
    }

    @Override
    public void run(ResolvePackages work, StepContext context) throws IOException {
        PackageChoice choice = work.packages();
        HostSettings host = context.host();
        Instant now = host.clock().instant();
        Optional<PackageVersions> pinned = host.pinned().map(versions -> new PackageVersions(versions.byName()));
        refuseAnotherRelease(choice.release(), host);
        PackageSources sources = PackageSources.of(choice, Archives.find(choice.release(), host, context.scratch()));
        AptRoot apt = AptRoot.create(context.scratch().resolve("apt"), sources, choice, host, context.reporter());
        if (pinned.isPresent()) {
            apt.prefer(pinned.get());
        }
        Resolver resolver = new Resolver(apt, choice);
        PackageVersions packages = resolver.packages();
        PackageVersions all = packages;
        if (work.boot().isPresent()) {
            ResolvePackages.Boot boot = work.boot().get();
            KernelLock kernel = pinned.isPresent() ? resolver.kernel(pinned.get()) : resolver.kernel(boot.kernel());
            PackageVersions system = resolver.system(packages, kernel, boot.packages());
            kernel.write(context.output(Steps.KERNEL_LOCK));
            system.write(context.output(Steps.SYSTEM_LOCK));
            all = packages.with(system);
        }
        if (pinned.isPresent()) {
            check(all, pinned.get(), host);
        }
        packages.write(context.output(Steps.PACKAGES_LOCK));
        Files.writeString(context.output(Steps.SOURCES_LOCK), sources.toText());
        StanzaReader shown = apt.show(all);
        Files.write(
                context.output(Steps.SOURCE_PACKAGES),
                shown.sourcesOf(all).stream().map(SourcePackage::toLine).toList());
        PackageSizes.write(shown.sizesOf(all), context.output(Steps.PACKAGE_SIZES));
        Files.writeString(
                context.output(Steps.RESOLVED_AT),
                host.pinned().flatMap(PinnedVersions::at).orElse(now) + "\n");
        Files.write(
                context.output(Steps.PRIVATE_LOCK),
                sources.others().isEmpty() ? List.of() : apt.notFrom(sources.debian(), packages));
        context.reporter().items(all.size(), all.size());
    }

    private static void refuseAnotherRelease(Release release, HostSettings host) {
        host.pinned().map(PinnedVersions::suite).ifPresent(suite -> {
            if (!suite.equals(release.suite())) {
                throw new StepException(
                        "the manifest whose versions are to be taken is of " + suite + ", and this image is of "
                                + release,
                        "give packagesOf(...) the manifest of an image of the same release");
            }
        });
    }

    private static void check(PackageVersions found, PackageVersions pinned, HostSettings host) {
        List<String> others = found.notIn(pinned);
        if (!others.isEmpty()) {
            throw new StepException(
                    "the archive no longer gives the versions of the manifest: " + String.join("; ", others),
                    AptProblems.wayOut(host));
        }
    }
}
