package dev.firstboot.plan;

import dev.firstboot.image.PackageName;
import dev.firstboot.image.Release;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Compiles the ZFS kernel modules for the resolved kernel.
 *
 * @param release where compiler and sources come from
 * @param backports the image's backports that affect the build: ZFS and the kernel
 */
public record BuildModules(Release release, List<PackageName> backports) implements Work {
    private static final Pattern USED = Pattern.compile("zfs-linux|linux(-signed-.*|-base)?");

    public BuildModules {
        Objects.requireNonNull(release, "release");
        backports = List.copyOf(Objects.requireNonNull(backports, "backports"));
    }

    /** Returns the work for an image with these backports. Other backports do not cause a rebuild of the modules. */
    static BuildModules of(Release release, List<PackageName> backports) {
        return new BuildModules(
                release,
                backports.stream()
                        .filter(source -> USED.matcher(source.value()).matches())
                        .sorted(Comparator.comparing(PackageName::value))
                        .toList());
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
