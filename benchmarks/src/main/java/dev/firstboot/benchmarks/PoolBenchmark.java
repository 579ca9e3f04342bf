package dev.firstboot.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.firstboot.bake.Bakery;
import dev.firstboot.bake.disk.FilledTwice;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.machine.qemu.Accelerator;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.zfs.poolimage.Compression;
import dev.firstboot.zfs.poolimage.tree.DirectoryTree;
import dev.firstboot.zfs.poolimage.tree.TarTree;
import dev.firstboot.zfs.poolimage.tree.Tree;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What writing a pool image costs: the tree of a chat server, from a directory and from a tar archive, against {@code mke2fs -d} of the same
 * directory, and against OpenZFS itself in a guest. Medians of several rounds in which each takes its turn. {@code ./dev bench pool} runs this; it needs root, to unpack owners.
 */
public final class PoolBenchmark {
    private static final int ROUNDS = 7;
    private static final double MEBIBYTE = 1 << 20;

    private final Path directory;
    private final Path target;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();

    private PoolBenchmark(Path directory) {
        this.directory = directory;
        this.target = directory.resolve("image");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "firstboot-bench-");
        try {
            Path report = new PoolBenchmark(directory).run();
            System.out.println("\n" + Files.readString(report) + "\nWritten to " + report);
        } finally {
            Trees.delete(directory);
        }
    }

    private Path run() throws IOException, InterruptedException {
        Path tar = directory.resolve("chat.tar");
        Path tree = Files.createDirectory(directory.resolve("tree"));
        try (Bakery bakery = Bakery.create()) {
            bakery.bake(BakeChild.image("one"), RootfsTar.to(tar));
        }
        Children.run(List.of(
                "tar",
                "-C",
                tree.toString(),
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "-xpf",
                tar.toString()));
        numbers.put("archive, MiB", Files.size(tar) / MEBIBYTE);
        for (int round = 0; round <= ROUNDS; round++) {
            boolean warmUp = round == 0;
            measure(
                    "mke2fs -d",
                    warmUp,
                    () -> Children.run(
                            List.of("mke2fs", "-q", "-t", "ext4", "-d", tree.toString(), target.toString(), "2G")));
            measure("pool from the directory, LZ4", warmUp, () -> write(DirectoryTree.of(tree), Compression.LZ4));
            measure("pool from the tar archive, LZ4", warmUp, () -> write(TarTree.of(tar), Compression.LZ4));
            measure("pool from the tar archive, Zstandard", warmUp, () -> write(TarTree.of(tar), Compression.ZSTD));
            measure("pool from the tar archive, not compressed", warmUp, () -> write(TarTree.of(tar), Compression.OFF));
        }
        numbers.putAll(new ColdPools(tree, tar, target).measure());
        large("ten million empty files in 100,000 directories", 100_000, 100, 0);
        large("20 GB in 150 files", 1, 150, 140_000_000);
        inGuest();
        seconds.forEach((what, all) -> numbers.put(what + ", s", ColdPools.median(all)));
        double ext4 = ColdPools.median(seconds.getOrDefault("mke2fs -d", List.of()));
        seconds.forEach((what, all) -> {
            if (what.startsWith("pool")) {
                numbers.put(what + " / mke2fs -d", ColdPools.median(all) / ext4);
            }
        });
        return new BenchmarkReport("pool", "./dev bench pool", numbers).write(Path.of("benchmarks/results"));
    }

    /** A tree that is larger than the heap that it is written in; once. */
    private void large(String what, int directories, int files, long bytes) throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        double took = Children.run(Children.java(
                List.of("-Xmx256m"),
                LargeTreeChild.class,
                Integer.toString(directories),
                Integer.toString(files),
                Long.toString(bytes),
                target.toString()));
        numbers.put("pool of " + what + ", 256 MiB of heap, s", took);
        Files.deleteIfExists(target);
    }

    /**
     * The same disk by OpenZFS and GNU tar in a guest, once, and whether both hold the same.
     *
     * @throws IllegalStateException if they do not
     */
    private void inGuest() {
        FilledTwice filled = FilledTwice.withSystemOf(BakeChild.image("one"), directory);
        if (!filled.differences().isEmpty()) {
            throw new IllegalStateException(
                    "OpenZFS and the writer made different filesystems:\n" + String.join("\n", filled.differences()));
        }
        String guest = "the image's disk filled by a guest with OpenZFS ("
                + (Accelerator.ofThisHost().kind() == Accelerator.Kind.KVM ? "KVM" : "emulated by QEMU, no KVM") + ")";
        String writer = "the image's disk filled by the writer";
        numbers.put(guest + ", s", filled.byGuest().seconds());
        numbers.put(writer + ", s", filled.byWriter().seconds());
        numbers.put(
                "that guest / the writer",
                filled.byGuest().seconds() / filled.byWriter().seconds());
        numbers.put("allocated in the pool by OpenZFS, MiB", filled.byGuest().allocated() / MEBIBYTE);
        numbers.put(
                "allocated in the pool by the writer, MiB", filled.byWriter().allocated() / MEBIBYTE);
        numbers.put(
                "allocated by the writer / by OpenZFS",
                (double) filled.byWriter().allocated() / filled.byGuest().allocated());
        numbers.put(
                "used by the filesystems, by the writer / by OpenZFS",
                (double) filled.byWriter().used() / filled.byGuest().used());
        numbers.put("paths compared between both, none different", (double) filled.paths());
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** The first round, in which this JVM is cold and the page cache too, is told apart. */
    private void measure(String what, boolean warmUp, Work work) throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        long processor = processorTime();
        long start = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - start) / 1e9;
        if (warmUp) {
            numbers.put(what + ": first round, s", took);
            numbers.put(what + ": on disk, MiB", onDisk());
        } else {
            seconds.computeIfAbsent(what, unknown -> new ArrayList<>()).add(took);
            if (what.startsWith("pool")) {
                numbers.put(what + ": processor time of a round, s", (processorTime() - processor) / 1e9);
            }
        }
    }

    private void write(Tree tree, Compression compression) {
        PoolChild.write(tree, compression, target);
    }

    private double onDisk() throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "--block-size=1", target.toString()).start();
        String words = new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        du.waitFor();
        return Long.parseLong(words.substring(0, words.indexOf('\t'))) / MEBIBYTE;
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
