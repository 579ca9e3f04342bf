package dev.firstboot.machine.container;

import dev.firstboot.internal.tool.UserNamespace;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.Janitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ids that a container's users have on the host: 65,536 that nobody else has. Root inside is the first of them.
 *
 * @param base the first
 */
record IdBlock(long base) {
    static final int COUNT = 65_536;

    /** What archives' files belong to on the disk while nobody boots from them. No process ever has these ids, but for those that unpack. */
    static final IdBlock UNPACKED = new IdBlock(0x6FFD_0000);

    /** Above what useradd(8) gives to users as subordinate ids, and below that of archives and that of bakes: the rest of what systemd keeps for containers. */
    private static final int FIRST = 600_100_000 / COUNT + 1;

    private static final int LAST = 0x6FFC_0000 / COUNT;
    private static final int TRIES = 100;
    private static final Path CLAIMS = Path.of("/run/firstboot/ids");
    /** Where systemd-nspawn keeps the blocks it has picked by itself. */
    private static final Path PICKED = Path.of("/run/systemd/nspawn-uid");

    /**
     * Finds a block that nobody has. It is taken once a {@linkplain Janitor janitor} has made its {@link #claim()}, until that is removed.
     *
     * @throws MachineException where this process's own user namespace has no such ids
     */
    static IdBlock take(String machine) {
        try {
            List<String> users = Files.readAllLines(Path.of("/proc/self/uid_map"));
            Files.createDirectories(CLAIMS);
            for (int i = 0; i < TRIES; i++) {
                IdBlock block =
                        new IdBlock((long) COUNT * ThreadLocalRandom.current().nextInt(FIRST, LAST + 1));
                if (!block.isWithin(users)) {
                    throw new MachineException(
                            machine,
                            "this host has no ids to spare for containers, as it is itself a container with few of them;"
                                    + " boot a disk image instead");
                }
                if (block.isFree()) {
                    return block;
                }
            }
        } catch (IOException e) {
            throw new MachineException(machine, "cannot take ids for its users: " + e.getMessage(), e);
        }
        throw new MachineException(machine, "found no free ids for its users; see " + CLAIMS);
    }

    /** The directory that says that this block is taken. */
    Path claim() {
        return CLAIMS.resolve(Long.toString(base));
    }

    private boolean isFree() throws IOException {
        return !Files.exists(claim())
                && !Files.exists(PICKED.resolve(Long.toString(base)))
                && !overlaps(lines("/etc/subuid"))
                && !overlaps(lines("/etc/subgid"));
    }

    /** Whether one of these lines of subuid(5) has some of its ids. */
    boolean overlaps(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(fields ->
                        fields.length == 3 && fields[1].matches("\\d{1,10}") && fields[2].matches("\\d{1,10}"))
                .anyMatch(fields -> {
                    long first = Long.parseLong(fields[1]);
                    return first < base + COUNT && base < first + Long.parseLong(fields[2]);
                });
    }

    /** Whether a namespace with these lines in its uid_map has all of its ids. */
    boolean isWithin(List<String> map) {
        return UserNamespace.hasIds(map, base, COUNT);
    }

    private static List<String> lines(String file) throws IOException {
        Path path = Path.of(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }
}
