package dev.firstboot.bake.disk;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.WriteDisk;
import dev.firstboot.stack.LoaderEntry;
import dev.firstboot.stack.PoolLayout;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the disk: partitions, a pool written into one of them, and an EFI system partition that boots it. */
public final class DiskStep implements StepRunner<WriteDisk> {
    private static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");

    @Override
    public Class<WriteDisk> type() {
        return WriteDisk.class;
    }

    @Override
    public void run(WriteDisk work, StepContext context) throws IOException {
        QEMU_IMG.require();
        Path raw = context.scratch().resolve("disk.raw");
        Partitions partitions = new Partitions((int) work.sectorSize().bytes());
        partitions.create(raw, work.size(), work.name());
        new PoolFiller(work.name(), context)
                .fill(
                        raw,
                        partitions.pool(raw),
                        PoolLayout.of(work.datasets()),
                        context.input(Steps.SYSTEM, Steps.SYSTEM_TAR));
        new EfiSystemPartition(raw, partitions.sector(), context.scratch())
                .fill(
                        context.input(Steps.SYSTEM, Steps.SYSTEMD_BOOT),
                        LoaderEntry.of(work.name(), work.release()),
                        context.input(Steps.SYSTEM, Steps.VMLINUZ),
                        context.input(Steps.SYSTEM, Steps.INITRD));
        QEMU_IMG.run("convert", "-f", "raw", "-O", "qcow2", raw.toString())
                .add(context.output(Steps.DISK_QCOW2).toString())
                .execute();
    }
}
