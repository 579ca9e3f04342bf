package dev.firstboot.internal.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The capabilities of this process (capabilities(7)): root of a container has only some of root's. */
public final class EffectiveCapabilities {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("CAP_CHOWN", 0),
            Map.entry("CAP_DAC_OVERRIDE", 1),
            Map.entry("CAP_FOWNER", 3),
            Map.entry("CAP_KILL", 5),
            Map.entry("CAP_SETGID", 6),
            Map.entry("CAP_SETUID", 7),
            Map.entry("CAP_NET_ADMIN", 12),
            Map.entry("CAP_SYS_CHROOT", 18),
            Map.entry("CAP_SYS_PTRACE", 19),
            Map.entry("CAP_SYS_ADMIN", 21),
            Map.entry("CAP_MKNOD", 27),
            Map.entry("CAP_SETFCAP", 31));
    private static final String FIELD = "CapEff:";

    private EffectiveCapabilities() {}

    /** Returns those of {@code names} that this process lacks; none if the kernel does not tell. */
    public static List<String> missing(List<String> names) {
        try {
            return missing(names, Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns those of {@code names} that a process with these lines in its {@code /proc/self/status} lacks. */
    static List<String> missing(List<String> names, List<String> status) {
        long effective = status.stream()
                .filter(line -> line.startsWith(FIELD))
                .mapToLong(line ->
                        Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16))
                .findFirst()
                .orElse(-1);
        return names.stream()
                .filter(name -> (effective >>> NUMBERS.getOrDefault(name, 0) & 1) == 0)
                .toList();
    }
}
