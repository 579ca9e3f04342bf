package dev.firstboot.bake;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where bakes are killed: a mount namespace with canaries in all that a bake binds or binds over. */
final class KillField {
    private static final String CANARIES = "/dev/shm/canary:/dev/canary:";

    /** A /dev of the namespace's own, so that the canary in it is, too. */
    private static final String PREPARE = """
            mount -t tmpfs -o mode=0755 none /mnt
            cp -a /dev/full /dev/null /dev/ptmx /dev/random /dev/tty /dev/urandom /dev/zero /mnt
            ln -s /proc/self/fd /mnt/fd
            mkdir /mnt/pts /mnt/shm
            mount --rbind /dev/pts /mnt/pts
            mount -t tmpfs -o mode=1777 none /mnt/shm
            mount --rbind /mnt /dev
            umount --lazy /mnt
            for place in /dev /dev/shm; do echo alive >"$place/canary"; done
            """;

    private KillField() {}

    /** Kills bakes of root's or an ordinary user's: at random, or once in each step if {@code rounds} is 0. What happened, line by line, which {@code listener} hears at once. */
    static List<String> kill(boolean root, long seed, int rounds, Consumer<String> listener) throws IOException {
        List<String> lines = new ArrayList<>();
        try (OrdinaryUser user = OrdinaryUser.create()) {
            Path directory = Files.createDirectory(user.home().resolve("bakes"));
            Path canary = Files.writeString(directory.resolve("canary"), "alive\n");
            takeResults(Files.createDirectory(directory.resolve("whole")));
            Files.createDirectories(DoomedBake.cache(directory).resolve("steps"));
            String enroll = user.enroll();
            if (root) {
                Tool.of("chown", "coreutils")
                        .run("-R", "0:0", directory.toString())
                        .execute();
            }
            Tool.of("unshare", "util-linux")
                    .run("--mount", "sh", "-euc", PREPARE + enroll + "exec \"$@\"", "prepare")
                    .addAll(own(KillRounds.class))
                    .add(directory.toString(), Long.toString(seed), Integer.toString(rounds), CANARIES + canary)
                    .addAll(root ? own(DoomedBake.class) : user.command(DoomedBake.class))
                    .onOutput(line -> {
                        listener.accept(line);
                        lines.add(line);
                    })
                    .execute();
            return lines;
        }
    }

    private static List<String> own(Class<?> program) {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return List.of(java, "-cp", System.getProperty("java.class.path"), program.getName());
    }

    /** Copies what a whole bake is made of; what it looks up in the cache it marks with the time. */
    private static void takeResults(Path whole) throws IOException {
        FileTime before = FileTime.from(Instant.now());
        Path disk = whole.resolveSibling("whole.raw");
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            bakery.bake(DoomedBake.image(), Disk.raw(disk));
        }
        Files.delete(disk);
        try (Stream<Path> records =
                Files.find(RealSteps.sharedCache().resolve("steps"), 3, (path, is) -> path.endsWith("entry.json"))) {
            for (Path record : records.toList()) {
                if (Files.getLastModifiedTime(record).compareTo(before) >= 0) {
                    Path entry = record.getParent();
                    Path target = Files.createDirectories(
                            whole.resolve(entry.getParent().getFileName()));
                    Tool.of("cp", "coreutils")
                            .run("-a", entry.toString(), target.toString())
                            .execute();
                }
            }
        }
    }
}
