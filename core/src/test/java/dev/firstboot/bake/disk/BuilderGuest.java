package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.guest.Guest;
import dev.firstboot.guest.GuestInitramfs;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Resources;
import dev.firstboot.plan.Steps;
import dev.firstboot.stack.PoolLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Makes a pool on a disk and fills it with the image's own kernel, OpenZFS and GNU tar. It reads the archives from drives of their own. */
record BuilderGuest(StepContext context) {
    /** Makes the pool in the disk's second partition, unpacks {@code system} there, takes out what is removed and lays the overlay over it. */
    void fill(Path raw, PoolLayout layout, Path system) throws IOException {
        Path initramfs = context.scratch().resolve("builder-initrd.img");
        try (GuestInitramfs files = new GuestInitramfs(
                context.input(Steps.SYSTEM, Steps.INITRD),
                initramfs,
                Resources.text(BuilderGuest.class, "builder-init.sh"))) {
            PoolScripts scripts = new PoolScripts(layout);
            files.file("create.sh", scripts.create().getBytes(UTF_8));
            files.file("finish.sh", scripts.finish().getBytes(UTF_8));
            files.file("removals", Files.readAllBytes(context.input(Steps.CONFIGURE, Steps.REMOVALS)));
            GnuTar.add(files, context.input(Steps.SYSTEM, Steps.SYSTEM_TAR));
        }
        new Guest(
                        context.input(Steps.SYSTEM, Steps.VMLINUZ),
                        initramfs,
                        context.scratch().resolve("builder-console.log"),
                        ByteSize.gibibytes(2))
                .drive("target", raw)
                .readOnly("system", system)
                .readOnly("overlay", context.input(Steps.CONFIGURE, Steps.OVERLAY_TAR))
                .listen(Duration.ofMinutes(9), "");
    }
}
