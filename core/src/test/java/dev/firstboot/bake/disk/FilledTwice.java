package dev.firstboot.bake.disk;

import dev.firstboot.bake.RealSteps;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Works;
import dev.firstboot.plan.WriteDisk;
import dev.firstboot.stack.PoolLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A disk's pool filled in both ways, by OpenZFS and GNU tar in a guest and by our writer, and what another guest then finds in both.
 *
 * @param byGuest of the pool that OpenZFS made
 * @param byWriter of the pool that was written
 * @param paths how many paths were compared
 * @param differences lines that only one of them has: a path's type, mode, owner, times, links, attributes, size and SHA-256
 */
public record FilledTwice(Filled byGuest, Filled byWriter, int paths, List<String> differences) {
    /** Room for the archive of all that is in a pool; a hole of a file. */
    private static final long ARCHIVE = 4L << 30;

    /**
     * One of the pools.
     *
     * @param seconds it took to make and fill it; the guest's start is part of that
     * @param used bytes that its filesystems use, with the snapshots and what they need of metadata
     * @param allocated bytes that are taken in the pool
     */
    public record Filled(double seconds, long used, long allocated) {}

    public FilledTwice {
        differences = List.copyOf(differences);
    }

    /** Fills pools with an image's system, which is baked as far as that needs; works in {@code directory}. */
    public static FilledTwice withSystemOf(Image image, Path directory) {
        List<FilledTwice> result = new ArrayList<>();
        RealSteps.lookBefore(
                Steps.DISK,
                image,
                Disk.qcow2(directory.resolve("twice.qcow2")),
                context -> result.add(with(
                        context,
                        Works.disk(image, ByteSize.gibibytes(8), ByteSize.bytes(512)),
                        context.input(Steps.SYSTEM, Steps.SYSTEM_TAR))));
        return result.get(0);
    }

    /** Fills pools with {@code source}, on disks such as {@code disk}. */
    static FilledTwice with(StepContext context, WriteDisk disk, Path source) throws IOException {
        PoolLayout layout = PoolLayout.of(disk.datasets());
        Path guest = context.scratch().resolve("guest.raw");
        Path written = context.scratch().resolve("written.raw");
        Partitions partitions = new Partitions(512);
        partitions.create(guest, disk.size(), disk.name());
        partitions.create(written, disk.size(), disk.name());
        double byGuest = seconds(() -> new BuilderGuest(context).fill(guest, layout, source));
        double byWriter = seconds(
                () -> new PoolFiller(disk.name(), context).fill(written, partitions.pool(written), layout, source));
        Found expected = find(context, guest);
        Found found = find(context, written);
        return new FilledTwice(
                new Filled(byGuest, expected.used(), expected.allocated()),
                new Filled(byWriter, found.used(), found.allocated()),
                expected.files().size(),
                differences(expected.files(), found.files()));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static double seconds(Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private record Found(List<String> files, long used, long allocated) {}

    /** Without times that depend on when a guest ran: of access and change, and of directories. */
    private static Found find(StepContext context, Path disk) throws IOException {
        Path out = context.scratch().resolve("out.tar");
        Files.deleteIfExists(out);
        extend(out, ARCHIVE);
        List<String> said = new ProofGuest(context).run("tree", disk, out, "");
        List<String> files = lines(out).stream()
                .map(line -> line.replaceAll(" (accessed|changed) \\S+", ""))
                .map(line -> line.contains(": 5 ") ? line.replaceAll(" modified \\S+", "") : line)
                .toList();
        return new Found(files, sum(said, "used "), sum(said, "allocated "));
    }

    private static long sum(List<String> said, String word) {
        return said.stream()
                .filter(line -> line.startsWith(word))
                .mapToLong(line -> Long.parseLong(line.substring(word.length())))
                .sum();
    }

    /** Lines that only one side has. */
    static List<String> differences(List<String> expected, List<String> found) {
        Set<String> one = new HashSet<>(expected);
        Set<String> other = new HashSet<>(found);
        return Stream.concat(
                        expected.stream().filter(line -> !other.contains(line)).map(line -> "missing " + line),
                        found.stream().filter(line -> !one.contains(line)).map(line -> "unexpected " + line))
                .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
                .toList();
    }

    /** What an archive tells, a line for each path. */
    static List<String> lines(Path tar) throws IOException {
        return TarListing.of(tar).entrySet().stream()
                .map(file -> file.getKey() + ": " + file.getValue())
                .toList();
    }

    /** Makes a file longer by a hole. */
    static void extend(Path file, long size) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }
}
