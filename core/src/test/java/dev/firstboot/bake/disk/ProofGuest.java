package dev.firstboot.bake.disk;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.guest.Guest;
import dev.firstboot.guest.GuestInitramfs;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Resources;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A guest with an image's own kernel and OpenZFS that lives on a written pool. */
final class ProofGuest {
    private final StepContext context;
    private final Path initramfs;

    ProofGuest(StepContext context) throws IOException {
        this.context = context;
        this.initramfs = context.scratch().resolve("proof-initrd.img");
        Files.deleteIfExists(initramfs);
        try (GuestInitramfs files = new GuestInitramfs(
                context.input(Steps.SYSTEM, Steps.INITRD),
                initramfs,
                Resources.text(ProofGuest.class, "pool-proof.sh"))) {
            GnuTar.add(files, context.input(Steps.SYSTEM, Steps.SYSTEM_TAR));
        }
    }

    /** Runs it to its end, or until it says {@code last}: then its plug is pulled. Returns what it said. */
    List<String> run(String proof, Path pool, Path out, String last) throws IOException {
        return new Guest(
                        context.input(Steps.SYSTEM, Steps.VMLINUZ),
                        initramfs,
                        context.scratch().resolve("proof-console.log"),
                        ByteSize.gibibytes(2))
                .word("proof=" + proof)
                .drive("target", pool)
                .drive("out", out)
                .listen(Duration.ofMinutes(9), last);
    }
}
