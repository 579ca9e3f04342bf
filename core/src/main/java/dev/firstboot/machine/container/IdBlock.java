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
 * The host ids of a container's users: 65,536 exclusive ids. Root inside has the first of them.
 *
 * @param base the first id
 */
record IdBlock(long base) {
    static final int COUNT = 65_536;

    /** The on-disk owners of an unpacked archive while nothing boots from it. No process ever has these ids, except those that unpack. */
    static final IdBlock UNPACKED = new IdBlock(0x6FFD_0000);

    /**
     * Above what useradd(8) assigns to users as subordinate ids, and below the ids of archives and bakes: the rest of what systemd reserves for
     * containers.
     */
    private static final int FIRST = 600_100_000 / COUNT + 1;

    private static final int LAST = 0x6FFC_0000 / COUNT;
    private static final int TRIES = 100;
    private static final Path CLAIMS = Path.of("/run/firstboot/ids");
    /** Where systemd-nspawn records the blocks that it picked itself. */
    private static final Path PICKED = Path.of("/run/systemd/nspawn-uid");

    /**
     * Finds a free block. It is taken once a {@linkplain Janitor janitor} has created its {@link #claim()}, and until that is removed.
     *
     * @throws MachineException if this process's own user namespace has no such ids
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

    /** Returns the directory that marks this block as taken. */
    Path claim() {
        return CLAIMS.resolve(Long.toString(base));
    }

    private boolean isFree() throws IOException {
        return !Files.exists(claim())
                && !Files.exists(PICKED.resolve(Long.toString(base)))
                && !overlaps(lines("/etc/subuid"))
                && !overlaps(lines("/etc/subgid"));
    }

    /** Returns whether one of these lines of subuid(5) overlaps this block. */
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

    /** Returns whether a namespace with these lines in its uid_map has all ids of this block. */
    boolean isWithin(List<String> map) {
        return UserNamespace.hasIds(map, base, COUNT);
    }

    private static List<String> lines(String file) throws IOException {
        Path path = Path.of(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }
}
