package dev.firstboot.internal.check;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Argument checks that several packages need. */
public final class Checks {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Checks() {}

    /**
     * Returns {@code now}, unless {@code before} shows that the value was set already.
     *
     * @throws IllegalStateException if it was set already
     */
    public static <T> T once(String what, @Nullable T before, T now) {
        Objects.requireNonNull(now, what);
        if (before != null) {
            throw new IllegalStateException(what + " is set twice: first " + before + ", then " + now);
        }
        return now;
    }

    /** Returns whether a name is a DNS label in lower case (RFC 1123). */
    public static boolean isLabel(String name) {
        return LABEL.matcher(name).matches();
    }
}
