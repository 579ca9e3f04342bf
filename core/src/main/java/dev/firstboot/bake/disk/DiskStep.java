package dev.firstboot.bake.disk;

import dev.firstboot.bake.rootfs.Fingerprint;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Steps;
import dev.firstboot.zfs.poolimage.PoolImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Makes the disk: partitions, a pool written into one of them, and an EFI system partition that boots it. */
public final class DiskStep implements StepRunner {
    /** Of the code that lays out partitions and writes a pool: disks of other code are not used again. */
    private static final String FINGERPRINT = Fingerprint.ofCode(
            DiskStep.class, DiskStep.class.getPackage(), MergedTree.class.getPackage(), PoolImage.class.getPackage());

    private static final int USUAL_SECTOR = 512;
    private static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");

    @Override
    public String fingerprint() {
        return FINGERPRINT;
    }

    @Override
    public void run(StepContext context) throws IOException {
        QEMU_IMG.require();
        Path raw = context.scratch().resolve("disk.raw");
        Partitions partitions =
                new Partitions((int) bytes(context, "sectors of ").orElse(USUAL_SECTOR));
        ByteSize size = ByteSize.bytes(bytes(context, "size ")
                .orElseThrow(() -> new IllegalArgumentException("the plan does not tell the disk's size")));
        partitions.create(raw, size, context.image().name());
        new PoolFiller(context)
                .fill(
                        raw,
                        partitions.pool(raw),
                        PoolLayout.of(context.image()),
                        context.input(Steps.SYSTEM, Steps.SYSTEM_TAR));
        new EfiSystemPartition(raw, partitions.sector(), context.scratch())
                .fill(
                        context.input(Steps.SYSTEM, Steps.SYSTEMD_BOOT),
                        LoaderEntry.of(context.image()),
                        context.input(Steps.SYSTEM, Steps.VMLINUZ),
                        context.input(Steps.SYSTEM, Steps.INITRD));
        QEMU_IMG.run("convert", "-f", "raw", "-O", "qcow2", raw.toString())
                .add(context.output(Steps.DISK_QCOW2).toString())
                .execute();
    }

    /** The number of bytes that a parameter of the step tells after {@code prefix}. */
    private static OptionalLong bytes(StepContext context, String prefix) {
        return context.step().parameters().stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length(), line.indexOf(' ', prefix.length())))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
