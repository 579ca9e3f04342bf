package dev.firstboot.bake.disk;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.machine.Accelerator;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A small virtual machine with an image's own kernel and OpenZFS that lives on a written pool. */
final class ProofGuest {
    private static final Tool QEMU = Tool.of("qemu-system-x86_64", "qemu-system-x86");

    private static final Duration LIMIT = Duration.ofMinutes(9);
    private static final String UNPLUGGED = "unplugged";

    private final StepContext context;
    private final Path initramfs;

    ProofGuest(StepContext context) throws IOException {
        this.context = context;
        this.initramfs = context.scratch().resolve("proof-initrd.img");
        Files.deleteIfExists(initramfs);
        GuestInitramfs.write(
                context.input(Steps.SYSTEM, Steps.INITRD),
                context.input(Steps.SYSTEM, Steps.SYSTEM_TAR),
                Map.of("init", Resources.text(ProofGuest.class, "pool-proof.sh")),
                initramfs);
    }

    /** Runs it to its end, or until it says {@code last}: then its plug is pulled. Returns what it said. */
    List<String> run(String proof, Path pool, Path out, String last) throws IOException {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        BuilderGuest guest = new BuilderGuest(context);
        List<String> arguments = new ArrayList<>(guest.arguments(
                Accelerator.ofThisHost().kind(),
                context.input(Steps.SYSTEM, Steps.VMLINUZ),
                initramfs,
                List.of(BuilderGuest.drive("target", pool, false), BuilderGuest.drive("out", out, false))));
        arguments.replaceAll(argument -> argument.startsWith("rdinit=") ? argument + " proof=" + proof : argument);
        try {
            QEMU.run(arguments.toArray(String[]::new))
                    .timeout(LIMIT)
                    .onOutput(line -> {
                        said.add(line.strip());
                        if (line.strip().equals(last)) {
                            said.add(UNPLUGGED);
                            throw new IllegalStateException(UNPLUGGED);
                        }
                    })
                    .execute();
        } catch (IllegalStateException | ToolException e) {
            if (!said.contains(UNPLUGGED)) {
                throw new AssertionError(said + " " + e.getMessage(), e);
            }
        }
        if (said.stream().anyMatch(line -> line.startsWith("fail ")) || said.isEmpty()) {
            throw new AssertionError(
                    said + "\n" + Files.readString(context.scratch().resolve("builder-console.log")));
        }
        return said;
    }
}
