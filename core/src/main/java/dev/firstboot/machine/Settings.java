package dev.firstboot.machine;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the setters of builders check. */
final class Settings {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Settings() {}

    static <T> T once(String what, @Nullable T before, T now) {
        Objects.requireNonNull(now, what);
        if (before != null) {
            throw new IllegalStateException(what + " is set twice: first " + before + ", then " + now);
        }
        return now;
    }

    static String label(String name) {
        if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("machine name '" + name
                    + "': use up to 63 lower-case letters, digits and dashes, without a dash at either end");
        }
        return name;
    }

    /** A time limit with which one can calculate: who says ten years, or {@code ChronoUnit.FOREVER}, waits for as long as it takes. */
    static Duration limit(Duration value) {
        return value.compareTo(LONGEST) < 0 ? value : LONGEST;
    }

    static void port(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
        }
    }
}
