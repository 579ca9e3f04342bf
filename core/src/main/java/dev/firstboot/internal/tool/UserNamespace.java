package dev.firstboot.internal.tool;

import java.util.List;

/** Helpers for user namespaces (user_namespaces(7)) that several packages need. */
public final class UserNamespace {
    private static final String BECOME_ROOT =
            Leash.script("userns.pl", UserNamespace.class.getResourceAsStream("userns.pl"));

    private UserNamespace() {}

    /**
     * Returns a Perl program that may call {@code become_root(uid_map => …, gid_map => …)} once: then it is root of a new namespace with these maps.
     */
    public static String perl(String program) {
        return BECOME_ROOT + program;
    }

    /** Returns whether a namespace with these lines in its {@code /proc/self/uid_map} has all {@code count} ids from {@code first} on. */
    public static boolean hasIds(List<String> map, long first, long count) {
        return map.stream().map(line -> line.trim().split("\\s+", -1)).anyMatch(fields -> {
            long start = Long.parseLong(fields[0]);
            return start <= first && first + count <= start + Long.parseLong(fields[2]);
        });
    }
}
