package dev.firstboot.benchmarks;

import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.qemu.Accelerator;
import dev.firstboot.machine.qemu.DiskBoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What baking costs, as ratios within one run: against mmdebstrap alone on the same packages, against itself with a warm cache, and a first boot
 * against the second. {@code ./dev bench bake} runs this; with {@code --warm} it takes the usual cache and leaves out what is cold.
 */
public final class BakeBenchmark {
    private static final String WARM = "--warm";
    /** What only a finished system is given: mmdebstrap alone would bring a compiler for it. */
    private static final List<String> NOT_ALONE = List.of("zfs-initramfs", "zfs-zed");

    private final Path directory;
    private final Children children;
    private final Map<String, Double> numbers = new LinkedHashMap<>();

    private BakeBenchmark(Path directory) {
        this.directory = directory;
        this.children = new Children(directory);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean warm = List.of(args).contains(WARM);
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "firstboot-bench-");
        try {
            BakeBenchmark benchmark = new BakeBenchmark(directory);
            if (warm) {
                benchmark.bakeWarm();
            } else {
                benchmark.bakeCold();
            }
            String command = "./dev bench bake" + (warm ? " " + WARM : "");
            benchmark.write(command); // a boot may fail, after half an hour of baking
            benchmark.boot();
            Path written = benchmark.write(command);
            System.out.println("\n" + Files.readString(written) + "\nWritten to " + written);
        } finally {
            Trees.delete(directory);
        }
    }

    private Path write(String command) throws IOException {
        return new BenchmarkReport("bake", command, numbers).write(Path.of("benchmarks/results"));
    }

    private void bakeCold() throws IOException, InterruptedException {
        Path cache = directory.resolve("cache");
        say("cold bake, heap of " + Children.HEAP);
        BakeChild.Measured cold = children.bake(cache, "one");
        List<BakeChild.Measured> warm = rebake(cache);
        say("cold again, but for the kernel modules");
        forgetAllBut(cache, "modules");
        BakeChild.Measured kept = children.bake(cache, "one");
        say("mmdebstrap alone");
        double alone = mmdebstrap(cold);

        numbers.put("mmdebstrap alone, s", alone);
        numbers.put("cold bake, s", cold.seconds());
        numbers.put("cold bake / mmdebstrap alone", cold.seconds() / alone);
        numbers.put(
                "of it: module build, side by side with rootfs, s", cold.steps().getOrDefault("modules", 0.0));
        numbers.put("cold bake with modules kept, s", kept.seconds());
        numbers.put("cold bake with modules kept / mmdebstrap alone", kept.seconds() / alone);
        cold.steps().forEach((step, seconds) -> numbers.put("cold bake: step " + step + ", s", seconds));
        heap(Stream.concat(Stream.of(cold, kept), warm.stream()).toList());
    }

    private void bakeWarm() throws IOException, InterruptedException {
        Path cache;
        try (Bakery bakery = Bakery.create()) {
            cache = bakery.cacheDirectory();
        }
        say("a bake for the next to be compared with");
        BakeChild.Measured first = children.bake(cache, "one");
        numbers.put("packages", (double) first.packages().size());
        numbers.put("image, MiB", first.imageBytes() / 1048576.0);
        heap(rebake(cache));
    }

    private List<BakeChild.Measured> rebake(Path cache) throws IOException, InterruptedException {
        say("the same again");
        BakeChild.Measured unchanged = children.bake(cache, "one");
        say("with one configuration file changed");
        BakeChild.Measured changed = children.bake(cache, "two " + directory.getFileName());
        numbers.put("unchanged re-bake, s (at most 5)", unchanged.seconds());
        numbers.put("re-bake after a change to one configuration file, s", changed.seconds());
        changed.steps().forEach((step, seconds) -> {
            if (!changed.cached().contains(step)) {
                numbers.put("of it: step " + step + ", s", seconds);
            }
        });
        return List.of(unchanged, changed);
    }

    private void heap(List<BakeChild.Measured> bakes) {
        long peak = bakes.stream()
                .mapToLong(BakeChild.Measured::heapPeakBytes)
                .max()
                .orElseThrow();
        long live = bakes.stream()
                .mapToLong(BakeChild.Measured::heapAfterGcBytes)
                .max()
                .orElseThrow();
        numbers.put("peak heap, MiB (at most 128)", peak / 1048576.0);
        numbers.put("heap after the last collection, MiB", live / 1048576.0);
    }

    /** Machines made from one disk, so that each first boot is one. */
    private void boot() {
        say("first and second boot, by " + Accelerator.ofThisHost());
        try (Machine machine = DiskBoot.builder(directory.resolve("chat.qcow2"))
                .name("chat")
                .directory(directory)
                .start()) {
            long start = System.nanoTime();
            machine.awaitReady();
            double first = (System.nanoTime() - start) / 1e9;
            machine.stop();
            start = System.nanoTime();
            machine.start();
            machine.awaitReady();
            double second = (System.nanoTime() - start) / 1e9;
            numbers.put("first boot to ready, s", first);
            numbers.put("second boot to ready, s", second);
            numbers.put("first / second boot to ready (at most 1.5)", first / second);
        }
    }

    private double mmdebstrap(BakeChild.Measured bake) throws IOException, InterruptedException {
        Image image = BakeChild.image("one");
        String names = bake.packages().stream()
                .filter(name -> !name.startsWith("firstboot-") && !NOT_ALONE.contains(name))
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(
                "mmdebstrap",
                "--quiet",
                "--variant=minbase",
                "--include=" + names,
                image.release().suite(),
                directory.resolve("alone.tar").toString()));
        command.addAll(bake.sources());
        return Children.run(command);
    }

    private static void forgetAllBut(Path cache, String step) throws IOException {
        List<Path> others = new ArrayList<>();
        try (Stream<Path> steps = Files.list(cache.resolve("steps"))) {
            steps.filter(path -> !path.endsWith(step)).forEach(others::add);
        }
        for (Path other : others) {
            Trees.delete(other);
        }
    }

    private static void say(String words) {
        System.out.println("→ " + words);
    }
}
