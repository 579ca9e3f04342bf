package dev.firstboot.benchmarks.zfs;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Zfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures in the guest: what Java does against what C and the {@code zfs} command do, by turns. {@code GuestMain DIRECTORY} finds the program of C there and
 * writes {@code bench.tsv} into its {@code out}: lines of a name, a tab and a number.
 */
public final class GuestMain {
    static final String POOL = "bench";
    static final String MANY = "bench/many";
    static final String DATA = "bench/data";

    private static final long POOL_SIZE = 1000L << 20;
    private static final int SNAPSHOTS = 10_000;
    private static final int FILESYSTEMS = 100;
    private static final int DATA_SIZE = 256 << 20;
    private static final int ROUNDS = 3;
    private static final int OF_C = 60;
    private static final int OF_COMMANDS = 15;

    private final Path directory;
    private final Rounds rounds = new Rounds();

    private GuestMain(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        new GuestMain(Path.of(arguments[0])).run();
    }

    private void run() throws IOException, InterruptedException, RunnerException {
        Path file = directory.resolve("bench.zpool");
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(POOL_SIZE);
        }
        Command.seconds("zpool", "create", "-o", "cachefile=none", "-O", "mountpoint=legacy", POOL, file.toString());
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add("snapshot: Java, ns", Jmh.nanoseconds(SnapshotBenchmark.class));
            rounds.add(
                    "snapshot: C, ns",
                    Double.parseDouble(
                            Command.output(directory.resolve("snapshots").toString(), POOL, Integer.toString(OF_C))));
            rounds.add("snapshot: commands, ns", commands());
        }
        makeMany();
        String[] list = {"zfs", "list", "-Hpr", "-t", "snapshot", "-o", "name,used,creation,guid", MANY};
        rounds.add("list: zfs list -Hp, ns", 1e9 * Command.seconds(list));
        rounds.add("list: Java, ns", Jmh.nanoseconds(ListBenchmark.class));
        rounds.add("list: zfs list -Hp, ns", 1e9 * Command.seconds(list));
        long bytes = makeData();
        for (int round = 0; round < ROUNDS; round++) {
            Jmh.Measured sent = Jmh.measured(SendBenchmark.class);
            rounds.add("send: Java, MiB/s", bytes / sent.nanoseconds() * 1e9 / (1 << 20));
            rounds.add("send: heap allocated, MiB for each GiB", sent.allocated() / bytes * (1 << 10));
            double command = Command.seconds("sh", "-c", "zfs send " + DATA + "@sent >/dev/null");
            rounds.add("send: zfs send, MiB/s", bytes / command / (1 << 20));
        }
        Jmh.eachNanoseconds(NvListBenchmark.class)
                .forEach((name, value) -> rounds.add("nvlist: " + name + ", ns", value));
        rounds.ratio("snapshot: Java / C", "snapshot: Java, ns", "snapshot: C, ns");
        rounds.ratio("snapshot: commands / Java", "snapshot: commands, ns", "snapshot: Java, ns");
        rounds.ratio("list: zfs list / Java", "list: zfs list -Hp, ns", "list: Java, ns");
        rounds.ratio("send: throughput of Java / zfs send", "send: Java, MiB/s", "send: zfs send, MiB/s");
        rounds.ratio("nvlist: encoding, libnvpair / Java", "nvlist: nativeEncode, ns", "nvlist: javaEncode, ns");
        rounds.ratio("nvlist: decoding, libnvpair / Java", "nvlist: nativeDecode, ns", "nvlist: javaDecode, ns");
        rounds.write(directory.resolve("out/bench.tsv"));
    }

    private static double commands() throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < OF_COMMANDS; i++) {
            Command.seconds("zfs", "snapshot", POOL + "@command");
            Command.seconds("zfs", "destroy", POOL + "@command");
        }
        return (double) (System.nanoTime() - start) / OF_COMMANDS;
    }

    /** Those of one filesystem cannot be taken together, those of many can. Mounted, as most are, they stay open in the kernel. */
    private void makeMany() throws IOException {
        try (Zfs zfs = Zfs.open()) {
            Dataset many = zfs.createFilesystem(MANY);
            for (int i = 0; i < FILESYSTEMS; i++) {
                zfs.createFilesystem(MANY + "/fs" + i).mountAt(Files.createDirectories(directory.resolve("many/" + i)));
            }
            for (int i = 0; i < SNAPSHOTS / FILESYSTEMS; i++) {
                String name = "@s" + i;
                zfs.takeSnapshots(
                        group -> many.children().forEach(filesystem -> group.addSnapshot(filesystem.name() + name)));
            }
        }
    }

    /** Returns the bytes of the stream. */
    private long makeData() throws IOException, InterruptedException {
        try (Zfs zfs = Zfs.open()) {
            Dataset data = zfs.createFilesystem(DATA, properties -> properties.set("compression", "off"));
            Path mounted = Files.createDirectory(directory.resolve("mounted"));
            data.mountAt(mounted);
            byte[] chunk = new byte[1 << 20];
            Random random = new Random(1);
            try (RandomAccessFile file =
                    new RandomAccessFile(mounted.resolve("file").toFile(), "rw")) {
                for (int written = 0; written < DATA_SIZE; written += chunk.length) {
                    random.nextBytes(chunk);
                    file.write(chunk);
                }
            }
            data.unmount();
            return data.snapshot("sent").estimate(SendOptions.full());
        }
    }
}
