package dev.firstboot.bake;

import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own that bakes a real disk and is killed. It prints {@code started STEP}, and {@code deep in STEP} when a step does what leaves traces. */
final class DoomedBake {
    /** What a bake does after its last step. */
    static final String DELIVER = "deliver";

    static final List<String> STEPS =
            List.of(Steps.RESOLVE, Steps.ROOTFS, Steps.MODULES, Steps.SYSTEM, Steps.CONFIGURE, Steps.DISK, DELIVER);

    private DoomedBake() {}

    static Image image() {
        return Image.builder()
                .name("doomed")
                .recipe(Recipe.builder("doomed").addPackage("sudo").build())
                .build();
    }

    /** Arguments: the directory to work in; {@code bake}, or {@code open} to do no more than the next bake does at first. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(cache(directory))
                .listener(DoomedBake::tell)
                .build()) {
            System.out.println("work " + namesIn(cache(directory).resolve("work")));
            if (arguments[1].equals("bake")) {
                bakery.bake(image(), Disk.raw(directory.resolve("doomed.raw")).replaceExisting());
                System.out.println("baked");
            }
        }
    }

    static Path cache(Path directory) {
        return directory.resolve("cache");
    }

    private static void tell(BakeEvent event) {
        boolean installing = event instanceof BakeEvent.ToolOutput output
                && (output.line().startsWith("Setting up ") || output.line().startsWith("objects: "));
        boolean installs = List.of(Steps.ROOTFS, Steps.MODULES, Steps.SYSTEM).contains(event.step());
        boolean started = event instanceof BakeEvent.Started || event.step().equals(DELIVER);
        if (started) {
            System.out.println("started " + event.step());
        }
        if (installs ? installing : started) {
            System.out.println("deep in " + event.step());
        }
    }

    private static List<String> namesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
