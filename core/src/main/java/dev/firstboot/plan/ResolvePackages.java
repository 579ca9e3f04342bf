package dev.firstboot.plan;

import dev.firstboot.image.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the version of each package.
 *
 * @param packages the packages common to machines and containers of the image
 * @param bootOrNull what a machine that boots by itself needs in addition; null for a container
 */
public record ResolvePackages(
        PackageChoice packages, @Nullable Boot bootOrNull) implements Work {
    public ResolvePackages {
        Objects.requireNonNull(packages, "packages");
    }

    /**
     * What a machine needs to boot.
     *
     * @param kernel the kernel
     * @param packages the other packages
     */
    public record Boot(Kernel kernel, List<String> packages) {
        public Boot {
            Objects.requireNonNull(kernel, "kernel");
            packages = List.copyOf(packages);
        }
    }

    /** Returns what a machine that boots by itself needs beyond {@link #packages()}. */
    public Optional<Boot> boot() {
        return Optional.ofNullable(bootOrNull);
    }

    @Override
    public String step() {
        return Steps.RESOLVE;
    }

    @Override
    public String title() {
        return "ask apt which version of each package there is, or take a recent answer";
    }

    @Override
    public List<Input> inputs() {
        return List.of();
    }

    @Override
    public List<String> outputs() {
        List<String> outputs = new ArrayList<>(List.of(
                Steps.PACKAGES_LOCK,
                Steps.SOURCES_LOCK,
                Steps.PRIVATE_LOCK,
                Steps.RESOLVED_AT,
                Steps.SOURCE_PACKAGES,
                Steps.PACKAGE_SIZES));
        if (bootOrNull != null) {
            outputs.addAll(List.of(Steps.SYSTEM_LOCK, Steps.KERNEL_LOCK));
        }
        return List.copyOf(outputs);
    }
}
