package dev.firstboot.machine.qemu;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolResult;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Runs {@link BootSector} under one accelerator after the other. */
final class AcceleratorProbe {
    static final Tool QEMU = Tool.of("qemu-system-x86_64", "qemu-system-x86");
    /** Real hardware needs a tenth of a second. */
    private static final Duration KVM_LIMIT = Duration.ofSeconds(4);

    private static final Duration TCG_LIMIT = Duration.ofSeconds(30);

    private AcceleratorProbe() {}

    static Accelerator decide() {
        HostTools.require("probe", QEMU);
        Optional<String> kvm = noKvm();
        if (kvm.isEmpty()) {
            kvm = failure(Accelerator.Kind.KVM, KVM_LIMIT);
        }
        if (kvm.isEmpty()) {
            return new Accelerator(Accelerator.Kind.KVM, "a guest's instructions ran under KVM");
        }
        Optional<String> tcg = failure(Accelerator.Kind.TCG, TCG_LIMIT);
        if (tcg.isPresent()) {
            throw new MachineException("probe", "QEMU runs no guest on this host: " + tcg.get());
        }
        return new Accelerator(Accelerator.Kind.TCG, "no KVM: " + kvm.get());
    }

    private static Optional<String> noKvm() {
        Path device = Path.of("/dev/kvm");
        if (!Files.exists(device)) {
            return Optional.of("/dev/kvm is not there");
        }
        return Files.isReadable(device) && Files.isWritable(device)
                ? Optional.empty()
                : Optional.of("this user may not open /dev/kvm; join the group kvm");
    }

    /** Returns why a guest's instructions do not run under this accelerator; empty if they do. */
    static Optional<String> failure(Accelerator.Kind kind, Duration limit) {
        Path disk = null;
        try {
            disk = Files.createTempFile("firstboot-probe-", ".raw");
            Files.write(disk, BootSector.bytes());
            ToolResult result = QEMU.run("-nodefaults", "-no-user-config", "-display", "none", "-m", "16")
                    .add("-accel", kind.option(), "-cpu", kind.processor())
                    .add("-device", "isa-debug-exit,iobase=0xf4,iosize=4")
                    .add(
                            "-drive",
                            "if=ide,format=raw,readonly=off,file="
                                    + disk.toString().replace(",", ",,"))
                    .timeout(limit)
                    .grace(Duration.ofMillis(300))
                    .anyStatus()
                    .execute();
            return result.status() == BootSector.EXIT
                    ? Optional.empty()
                    : Optional.of("QEMU exited with " + result.status() + ": " + String.join(" ", result.tail()));
        } catch (ToolCancelledException e) {
            throw Interruption.of("probe", "trying " + kind);
        } catch (ToolException e) {
            return Optional.of("a guest's first instructions did not run within " + limit.toSeconds() + " s");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a boot sector to the temporary directory", e);
        } finally {
            delete(disk);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
