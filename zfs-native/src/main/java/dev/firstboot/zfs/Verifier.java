package dev.firstboot.zfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Tests this library on your own pool: writes files, takes snapshots, sends and receives them in full and incrementally, rolls back, and compares every byte.
 * Works below one filesystem, which it creates and destroys. Needs root. Not thread-safe.
 *
 * <p>From the command line: {@code java … dev.firstboot.zfs.Verifier POOL/PARENT SECONDS}.
 */
public final class Verifier {
    private static final int MOST_BYTES = 1 << 20;

    private final Zfs zfs;
    private final Dataset base;
    private final Path directory;
    private final Random random;
    private long compared;

    private Verifier(Zfs zfs, String base, Path directory, long seed) {
        this.zfs = zfs;
        this.base = zfs.dataset(base);
        this.directory = directory;
        this.random = new Random(seed);
    }

    /**
     * The result of a run.
     *
     * @param rounds how many rounds it ran
     * @param bytes how many bytes it compared
     */
    public record Result(int rounds, long bytes) {}

    /**
     * Runs rounds for about this long, at least one.
     *
     * @param parent the filesystem below which it creates and destroys {@code firstboot-verifier}
     * @throws IllegalStateException if {@code firstboot-verifier} exists, which is not touched; or if something read differs from what was written, with the seed
     *     that reproduces it
     */
    public static Result run(Zfs zfs, String parent, Duration time) throws IOException {
        long seed = System.nanoTime();
        String base = parent + "/firstboot-verifier";
        if (zfs.exists(base)) {
            throw new IllegalStateException(
                    base + " exists already: if an earlier run left it, destroy it with 'zfs destroy -r " + base + "'");
        }
        Path directory = Files.createTempDirectory("firstboot-verifier");
        Verifier verifier = new Verifier(zfs, base, directory, seed);
        long end = System.nanoTime() + time.toNanos();
        int rounds = 0;
        try {
            verifier.prepare();
            do {
                verifier.round(rounds++, seed);
            } while (System.nanoTime() < end);
            return new Result(rounds, verifier.compared);
        } finally {
            verifier.clean();
            Files.delete(directory);
        }
    }

    private Dataset source() {
        return zfs.dataset(base.name() + "/source");
    }

    private Dataset copy() {
        return zfs.dataset(base.name() + "/copy");
    }

    private void prepare() {
        zfs.createFilesystem(base.name(), properties -> properties.set("mountpoint", "legacy"));
        zfs.createFilesystem(source().name());
    }

    private void round(int number, long seed) throws IOException {
        byte[] content = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(content);
        write(content);
        Snapshot snapshot = source().snapshot("round" + number);
        write(new byte[] {1, 2, 3});
        require(Arrays.equals(read(source()), new byte[] {1, 2, 3}), "what was just written", number, seed);
        source().rollbackTo(snapshot);
        require(Arrays.equals(read(source()), content), "what was rolled back to", number, seed);
        transfer(number, snapshot);
        require(Arrays.equals(read(copy()), content), "what was received", number, seed);
        compared += 2L * content.length;
    }

    private void transfer(int number, Snapshot snapshot) throws IOException {
        SendOptions options = number == 0
                ? SendOptions.full()
                : SendOptions.since(zfs.snapshot(source().name() + "@round" + (number - 1)));
        Path stream = directory.resolve("stream");
        try {
            snapshot.send(options, StreamTarget.file(stream));
            copy().receive(ReceiveOptions.plain().force(), StreamSource.file(stream));
        } finally {
            Files.deleteIfExists(stream);
        }
    }

    private static void require(boolean right, String what, int round, long seed) {
        if (!right) {
            throw new IllegalStateException(what + " is not what it should be, in round " + round + ", seed " + seed);
        }
    }

    private void write(byte[] content) throws IOException {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        source().mountAt(mounted);
        try {
            Files.write(mounted.resolve("content"), content);
        } finally {
            source().unmount();
            Files.delete(mounted);
        }
    }

    private byte[] read(Dataset dataset) throws IOException {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        dataset.mountAt(mounted);
        try {
            return Files.readAllBytes(mounted.resolve("content"));
        } finally {
            dataset.unmount();
            Files.delete(mounted);
        }
    }

    private void clean() {
        if (!base.exists()) {
            return;
        }
        List<Dataset> all = new ArrayList<>(base.descendants());
        Collections.reverse(all);
        all.add(base);
        for (Dataset dataset : all) {
            dataset.unmount();
            zfs.batch().destroy(dataset.snapshots().stream().map(Snapshot::name).toList());
            dataset.destroy();
        }
    }

    /** Runs it from the command line. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: Verifier POOL/PARENT SECONDS");
            System.exit(2);
        }
        try (Zfs zfs = Zfs.open()) {
            Result result = run(zfs, arguments[0], Duration.ofSeconds(Long.parseLong(arguments[1])));
            System.out.println(
                    zfs + ": " + result.rounds() + " rounds, " + result.bytes() + " bytes compared, all right");
        }
    }
}
