package dev.firstboot.ring;

import dev.firstboot.bake.BakeEvent;
import dev.firstboot.bake.BakeListener;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The disk in which live tests run: an image of ours whose one workload is a Java runtime, with its kernel and initramfs taken off its EFI system partition,
 * so that it starts without firmware and boot loader.
 *
 * @param disk the baked disk
 * @param kernel its kernel
 * @param initrd its initramfs
 */
record RingImage(Path disk, Path kernel, Path initrd) {
    /** Where the first partition begins, and all that is read of the disk from its start, in MiB. */
    private static final int ESP_START = 1;

    private static final int HEAD = 513;

    /** What a machine with live ZFS and Java needs. */
    static Image image(Release release) {
        String java = release == Release.DEBIAN_12 ? "openjdk-17-jdk-headless" : "openjdk-21-jdk-headless";
        return Image.builder()
                .name("ring")
                .release(release)
                .recipe(Recipe.builder("java").addPackage(java).build())
                .build();
    }

    /**
     * Bakes the disk into {@code directory}.
     *
     * @param output takes a line for each step that has to be made, which takes minutes
     */
    static RingImage bake(Image image, Path directory, Consumer<String> output) throws IOException {
        Path disk = directory.resolve("ring.qcow2");
        BakeListener steps = event -> {
            if (event instanceof BakeEvent.Started started) {
                output.accept("baking the guest: " + started.title());
            }
        };
        try (Bakery bakery = Bakery.builder().listener(steps).build()) {
            bakery.bake(image, Disk.qcow2(disk).replaceExisting());
        }
        Path head = Files.createTempFile(directory, "head", ".raw");
        try {
            Tool.of("qemu-img", "qemu-utils")
                    .run("dd", "-f", "qcow2", "-O", "raw", "bs=1M", "count=" + HEAD, "if=" + disk, "of=" + head)
                    .execute();
            return new RingImage(disk, take(head, "vmlinuz", directory), take(head, "initrd.img", directory));
        } finally {
            Files.delete(head);
        }
    }

    private static Path take(Path head, String name, Path directory) {
        Path target = directory.resolve(name);
        Tool.of("mcopy", "mtools")
                .run("-n", "-o", "-i", head + "@@" + ESP_START + "M", "::/original/" + name, target.toString())
                .env("MTOOLS_SKIP_CHECK", "1")
                .execute();
        return target;
    }
}
