package dev.firstboot.guest;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.machine.qemu.Accelerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** A small virtual machine for a test: an image's own kernel, one program of ours in its initramfs, drives, and a serial port on which it speaks. */
public final class Guest {
    private static final Tool QEMU = Tool.of("qemu-system-x86_64", "qemu-system-x86");
    /**
     * One processor: emulated, a second costs more than it gives, and where QEMU translates with a thread for each, Linux now and then trips over its own
     * patching of instructions (an int3 oops).
     */
    private static final String PROCESSORS = "1";

    private final Path console;
    private final Accelerator.Kind accelerator = Accelerator.ofThisHost().kind();
    private final List<String> arguments = new ArrayList<>();
    private String words = "";

    /** The kernel's own messages go to the file {@code console}. */
    public Guest(Path kernel, Path initramfs, Path console, ByteSize memory) {
        this.console = console;
        arguments.addAll(List.of("-kernel", kernel.toString()));
        arguments.addAll(List.of("-initrd", initramfs.toString()));
        arguments.addAll(List.of("-m", memory.bytes() / ByteSize.mebibytes(1).bytes() + "M"));
    }

    /** Adds a word to the kernel's command line. */
    public Guest word(String word) {
        words += " " + word;
        return this;
    }

    /** A drive that keeps what is written, a raw file. */
    public Guest drive(String name, Path file) {
        return add(name, file, "format=raw,discard=unmap");
    }

    /** A raw file that is only read. */
    public Guest readOnly(String name, Path file) {
        return add(name, file, "format=raw,readonly=on");
    }

    /** A qcow2 that forgets what is written. */
    public Guest forgetful(String name, Path file) {
        return add(name, file, "format=qcow2,snapshot=on");
    }

    private Guest add(String name, Path file, String options) {
        arguments.add("-drive");
        arguments.add("if=none,id=" + name + ",cache=unsafe," + options + ",file="
                + file.toString().replace(",", ",,"));
        arguments.add("-device");
        arguments.add("virtio-blk-pci,werror=report,rerror=report,drive=" + name + ",serial=" + name);
        return this;
    }

    /** Runs it until it is off. {@code output} gets each line that it says, and ends the guest as if its plug were pulled by throwing. */
    public void run(Duration limit, Consumer<String> output) {
        QEMU.run(
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
                        PROCESSORS,
                        "-append",
                        "rdinit=/" + GuestInitramfs.INIT
                                + " console=ttyS0 quiet panic=-1 mitigations=off nokaslr no_timer_check" + words,
                        "-chardev",
                        "file,id=console,path=" + console.toString().replace(",", ",,"),
                        "-serial",
                        "chardev:console",
                        "-chardev",
                        "stdio,id=words,signal=off",
                        "-serial",
                        "chardev:words")
                .addAll(arguments)
                .timeout(limit)
                .onOutput(output)
                .execute();
    }

    /** Runs it to its end, or until it says {@code last}: then its plug is pulled. Returns what it said, which is never a failure. */
    public List<String> listen(Duration limit, String last) throws IOException {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        try {
            run(limit, line -> {
                said.add(line.strip());
                if (line.strip().equals(last)) {
                    throw new Unplugged();
                }
            });
        } catch (Unplugged e) {
            return said;
        } catch (ToolException e) {
            throw new AssertionError(said + " " + e.getMessage(), e);
        }
        if (!said.contains("done") || said.stream().anyMatch(line -> line.startsWith("fail "))) {
            throw new AssertionError(said + "\n" + String.join("\n", FileTail.lines(console, 20)));
        }
        return said;
    }

    private static final class Unplugged extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
