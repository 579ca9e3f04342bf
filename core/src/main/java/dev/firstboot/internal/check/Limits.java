package dev.firstboot.internal.check;

import java.time.Duration;

/** Checks for builder setters. */
public final class Limits {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Limits() {}

    public static String label(String name) {
        if (!Checks.isLabel(name)) {
            throw new IllegalArgumentException("machine name '" + name
                    + "': use up to 63 lower-case letters, digits and dashes, without a dash at either end");
        }
        return name;
    }

    /** Caps a time limit so that it is safe for arithmetic: ten years, or {@code ChronoUnit.FOREVER}, then means no limit in practice. */
    public static Duration limit(Duration value) {
        return value.compareTo(LONGEST) < 0 ? value : LONGEST;
    }

    public static void port(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
        }
    }
}
