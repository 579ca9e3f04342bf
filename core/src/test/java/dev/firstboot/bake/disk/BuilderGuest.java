package dev.firstboot.bake.disk;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.Accelerator;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small virtual machine that makes a pool on a disk and fills it, with the image's own kernel and OpenZFS. Needs no privileges on the host. It reads the
 * archives from drives of their own and says how far it is, one word and a value per line, on its second serial port.
 */
final class BuilderGuest {
    static final String INIT = "builder-init.sh";

    private static final Tool QEMU = Tool.of("qemu-system-x86_64", "qemu-system-x86");
    private static final ByteSize FULL = ByteSize.mebibytes(16);
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private final StepContext context;
    private final Path console;

    BuilderGuest(StepContext context) {
        this.context = context;
        this.console = context.scratch().resolve("builder-console.log");
    }

    /** Makes the pool in the disk's second partition, unpacks {@code system} there, takes out what is removed and lays the overlay over it. */
    void fill(Path raw, PoolLayout layout, Path system) throws IOException {
        Path overlay = context.input(Steps.CONFIGURE, Steps.OVERLAY_TAR);
        Path initramfs = context.scratch().resolve("builder-initrd.img");
        Map<String, String> files = Map.of(
                "init", Resources.text(BuilderGuest.class, INIT),
                "create.sh", new PoolScripts(layout).create(),
                "finish.sh", new PoolScripts(layout).finish(),
                "removals", Files.readString(context.input(Steps.CONFIGURE, Steps.REMOVALS)));
        GuestInitramfs.write(
                context.input(Steps.SYSTEM, Steps.INITRD),
                context.input(Steps.SYSTEM, Steps.SYSTEM_TAR),
                files,
                initramfs);
        GuestReport report = new GuestReport(context.reporter(), Files.size(system) + Files.size(overlay));
        ToolRun run = QEMU.run(arguments(
                        Accelerator.ofThisHost().kind(),
                        context.input(Steps.SYSTEM, Steps.VMLINUZ),
                        initramfs,
                        List.of(
                                drive("target", raw, false),
                                drive("system", system, true),
                                drive("overlay", overlay, true)))
                .toArray(String[]::new));
        try {
            run.timeout(LIMIT).onOutput(report::line).execute();
        } catch (ToolException e) {
            throw failure(report.failure().isEmpty() ? e.summary() : report.failure(), e.tail());
        }
        if (!report.isComplete()) {
            throw failure(
                    report.failure().isEmpty() ? "it ended early" : report.failure(), FileTail.lines(console, 20));
        }
    }

    /** A guest whose disk cannot be written says little; the host knows why. */
    private StepException failure(String why, List<String> tail) throws IOException {
        if (Files.getFileStore(context.scratch()).getUsableSpace() < FULL.bytes()) {
            throw new IOException(context.scratch() + ": No space left on device");
        }
        return new StepException("the pool could not be made in the builder guest: " + why, hint(why), tail);
    }

    private static String hint(String why) {
        return why.contains("No space left") ? "make the disk larger: Disk.qcow2(...).size(...)" : "";
    }

    /** QEMU's command line. Without flushes: a disk that is not finished is thrown away. */
    List<String> arguments(Accelerator.Kind accelerator, Path kernel, Path initramfs, List<List<String>> drives) {
        List<String> arguments = new ArrayList<>(List.of(
                "-nodefaults",
                "-no-user-config",
                "-no-reboot",
                "-display",
                "none",
                "-machine",
                "q35",
                "-accel",
                accelerator.option(),
                "-cpu",
                accelerator.processor(),
                "-smp",
                "2",
                "-m",
                "2048M",
                "-kernel",
                kernel.toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                "rdinit=/fb/init console=ttyS0 quiet panic=-1 mitigations=off nokaslr " + LoaderEntry.EMULATED_TIMER,
                "-chardev",
                "file,id=console,path=" + console.toString().replace(",", ",,"),
                "-serial",
                "chardev:console",
                "-chardev",
                "stdio,id=report,signal=off",
                "-serial",
                "chardev:report"));
        drives.forEach(arguments::addAll);
        return arguments;
    }

    static List<String> drive(String name, Path file, boolean readOnly) {
        String path = file.toString().replace(",", ",,");
        String more = readOnly ? ",read-only=on" : ",discard=unmap,cache.no-flush=on";
        return List.of(
                "-blockdev",
                "driver=raw,node-name=" + name + more + ",file.driver=file,file.filename=" + path
                        + (readOnly ? "" : ",file.discard=unmap"),
                "-device",
                "virtio-blk-pci,werror=report,rerror=report,drive=" + name + ",serial=" + name);
    }
}
