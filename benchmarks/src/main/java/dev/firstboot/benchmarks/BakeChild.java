package dev.firstboot.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstboot.artifact.DiskImage;
import dev.firstboot.bake.BakeEvent;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Disk;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One bake in a JVM of its own, so that its heap and its start are its own too. Arguments: cache, target, motd, file for what was measured. */
final class BakeChild {
    private BakeChild() {}

    /**
     * What one bake took.
     *
     * @param seconds the whole bake, from the call to the delivered disk
     * @param steps seconds by step
     * @param cached the steps that were not run again
     * @param heapPeakBytes the most the heap held at any time, garbage included
     * @param heapAfterGcBytes what the heap held after its last collection, by the pools' own records
     * @param packages packages in the image
     * @param sources where they came from: the lines of an apt sources.list
     * @param imageBytes the size of the disk's file
     */
    record Measured(
            double seconds,
            Map<String, Double> steps,
            List<String> cached,
            long heapPeakBytes,
            long heapAfterGcBytes,
            List<String> packages,
            List<String> sources,
            long imageBytes) {}

    public static void main(String[] args) throws IOException {
        Path cache = Path.of(args[0]);
        Path target = Path.of(args[1]);
        Map<String, Double> steps = Collections.synchronizedMap(new TreeMap<>());
        List<String> cached = Collections.synchronizedList(new ArrayList<>());
        HeapPeak heap = HeapPeak.watch();
        long start = System.nanoTime();
        DiskImage disk;
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(cache)
                .listener(event -> keep(event, steps, cached))
                .build()) {
            disk = bakery.bake(image(args[2]), Disk.qcow2(target).replaceExisting());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Measured measured = new Measured(
                seconds,
                steps,
                cached,
                heap.bytes(),
                afterCollection(),
                List.copyOf(disk.manifest().packages().keySet()),
                disk.manifest().sources(),
                target.toFile().length());
        new ObjectMapper().writeValue(Path.of(args[3]).toFile(), measured);
    }

    /** The image of the quickstart, with one more configuration file. */
    static Image image(String motd) {
        return Image.builder()
                .name("chat")
                .workload(Xmpp.cluster("chat.example.com"))
                .recipe(Recipe.builder("motd")
                        .addFile(FileEntry.text("/etc/motd", motd + "\n"))
                        .build())
                .build();
    }

    private static void keep(BakeEvent event, Map<String, Double> steps, List<String> cached) {
        if (event instanceof BakeEvent.Finished finished) {
            steps.put(finished.step(), finished.took().toMillis() / 1000.0);
            if (finished.cached()) {
                cached.add(finished.step());
            }
            System.out.printf(
                    "  %-10s %7.1f s%s%n",
                    finished.step(), finished.took().toMillis() / 1000.0, finished.cached() ? " (kept)" : "");
        }
    }

    private static long afterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(used -> used != null)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
