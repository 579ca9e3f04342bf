package dev.firstboot.plan;

import dev.firstboot.image.PackageSource;
import dev.firstboot.image.Release;
import java.util.List;
import java.util.Objects;

/**
 * Turns an installed tree into one that boots from ZFS.
 *
 * @param release the release of Debian
 * @param sources the package sources besides Debian itself
 */
public record LayOutSystem(Release release, List<PackageSource> sources) implements Work {
    public LayOutSystem {
        Objects.requireNonNull(release, "release");
        sources = List.copyOf(sources);
    }

    @Override
    public String step() {
        return Steps.SYSTEM;
    }

    @Override
    public String title() {
        return "add kernel, modules and boot loader, and make the initramfs";
    }

    @Override
    public List<Input> inputs() {
        return List.of(
                new Input(Steps.RESOLVE, Steps.KERNEL_LOCK),
                new Input(Steps.RESOLVE, Steps.SYSTEM_LOCK),
                new Input(Steps.RESOLVE, Steps.SOURCES_LOCK),
                new Input(Steps.ROOTFS, Steps.ROOTFS_TAR),
                new Input(Steps.MODULES, Steps.MODULES_DEB));
    }

    @Override
    public List<String> outputs() {
        return List.of(Steps.SYSTEM_TAR, Steps.VMLINUZ, Steps.INITRD, Steps.SYSTEMD_BOOT);
    }
}
