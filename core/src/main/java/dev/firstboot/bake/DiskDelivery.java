package dev.firstboot.bake;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.image.Image;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Step.Input;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Delivers a disk: as it is kept, or unfolded by qemu-img. */
record DiskDelivery(Disk target) implements Delivery<DiskImage> {
    private static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");

    @Override
    public BakePlan plan(Image image) {
        return image.plan(target);
    }

    @Override
    public Path path() {
        return target.path();
    }

    @Override
    public boolean replace() {
        return target.replace();
    }

    @Override
    public Input source() {
        return new Input(Steps.DISK, Steps.DISK_QCOW2);
    }

    /** Its owner's alone: a machine that keeps its disk keeps its keys there. */
    @Override
    public FileAttribute<?>[] attributes() {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    @Override
    public Path finish(Path copy) throws IOException {
        if (target.format() == Disk.Format.QCOW2) {
            return copy;
        }
        Path raw = copy.resolveSibling(copy.getFileName() + ".raw");
        Files.createFile(raw, attributes());
        try {
            QEMU_IMG.run("convert", "-f", "qcow2", "-O", "raw", copy.toString(), raw.toString())
                    .execute();
        } finally {
            Files.delete(copy);
        }
        return raw;
    }

    @Override
    public DiskImage artifact(Image image, Manifest manifest) {
        return new DiskImage(target.path(), manifest);
    }
}
