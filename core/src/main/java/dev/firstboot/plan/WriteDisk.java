package dev.firstboot.plan;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Release;
import java.util.List;
import java.util.Objects;

/**
 * Makes a bootable disk.
 *
 * @param name the host name, from which ids are derived
 * @param release the release named in the boot menu
 * @param size the disk's size
 * @param sectorSize the size of its logical sectors
 * @param datasets the datasets that recipes request
 */
public record WriteDisk(String name, Release release, ByteSize size, ByteSize sectorSize, List<DatasetSpec> datasets)
        implements Work {
    public WriteDisk {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(sectorSize, "sectorSize");
        datasets = List.copyOf(datasets);
    }

    @Override
    public String step() {
        return Steps.DISK;
    }

    @Override
    public String title() {
        return "partition, write the boot loader and fill the ZFS pool";
    }

    @Override
    public List<Input> inputs() {
        return List.of(
                new Input(Steps.SYSTEM, Steps.SYSTEM_TAR),
                new Input(Steps.SYSTEM, Steps.VMLINUZ),
                new Input(Steps.SYSTEM, Steps.INITRD),
                new Input(Steps.SYSTEM, Steps.SYSTEMD_BOOT),
                new Input(Steps.CONFIGURE, Steps.OVERLAY_TAR),
                new Input(Steps.CONFIGURE, Steps.REMOVALS));
    }

    @Override
    public List<String> outputs() {
        return List.of(Steps.DISK_QCOW2);
    }
}
