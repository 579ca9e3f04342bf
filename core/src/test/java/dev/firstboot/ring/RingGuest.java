package dev.firstboot.ring;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.Accelerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The guest's virtual machine. What it writes to the baked disk is thrown away. */
final class RingGuest {
    private static final Tool QEMU = Tool.of("qemu-system-x86_64", "qemu-system-x86");
    private static final Duration LIMIT = Duration.ofMinutes(18);

    private final Path directory;
    private final Accelerator.Kind accelerator = Accelerator.ofThisHost().kind();

    RingGuest(Path directory) {
        this.directory = directory;
    }

    /** What the kernel says. */
    Path console() {
        return directory.resolve("console.log");
    }

    /** Runs the guest to its end. */
    void run(RingImage image, Path initramfs, Path payload, Path reports, Consumer<String> output) {
        ToolRun run = QEMU.run(
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
                        "3072M",
                        "-kernel",
                        image.kernel().toString(),
                        "-initrd",
                        initramfs.toString(),
                        "-append",
                        "rdinit=/" + RingInitramfs.INIT
                                + " console=ttyS0 quiet panic=-1 mitigations=off nokaslr no_timer_check",
                        "-serial",
                        "file:" + console(),
                        "-chardev",
                        "stdio,id=output,signal=off",
                        "-serial",
                        "chardev:output")
                .addAll(drive("system", image.disk(), "qcow2", true))
                .addAll(drive("payload", payload, "raw", true))
                .addAll(drive("reports", reports, "raw", false));
        run.timeout(LIMIT).onOutput(output).execute();
    }

    private static List<String> drive(String name, Path file, String format, boolean discarded) {
        String path = file.toString().replace(",", ",,");
        return new ArrayList<>(List.of(
                "-drive",
                "if=none,id=" + name + ",format=" + format + ",cache=unsafe,snapshot=" + (discarded ? "on" : "off")
                        + ",file=" + path,
                "-device",
                "virtio-blk-pci,drive=" + name + ",serial=" + name));
    }
}
