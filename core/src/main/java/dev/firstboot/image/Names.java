package dev.firstboot.image;

import dev.firstboot.internal.check.Checks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;

/** Validates names that several values share. */
final class Names {
    private static final Pattern UNIX_NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]");

    private Names() {}

    /** Checks a DNS label (RFC 1123), which is also safe as a host name, a directory and a unit name. */
    static String label(String kind, String name) {
        if (!Checks.isLabel(Objects.requireNonNull(name, kind))) {
            throw new IllegalArgumentException(kind + " '" + printable(name)
                    + "' is not valid: use 1 to 63 of a-z, 0-9 and '-', with no '-' at either end");
        }
        return name;
    }

    /** Checks a user or group name as Debian's adduser accepts it. */
    static String unixName(String kind, String name) {
        if (!UNIX_NAME.matcher(Objects.requireNonNull(name, kind)).matches()) {
            throw new IllegalArgumentException(kind + " '" + printable(name)
                    + "' is not valid: start with a-z or '_', then up to 31 of a-z, 0-9, '_' and '-'");
        }
        return name;
    }

    /** Checks that the text is one non-empty line without control characters. */
    static String line(String kind, String text) {
        if (Objects.requireNonNull(text, kind).isBlank()
                || CONTROL.matcher(text).find()) {
            throw new IllegalArgumentException(
                    kind + " '" + printable(text) + "' is not valid: it must be one line of text, not empty");
        }
        return text;
    }

    /** Parses an address. */
    static URI uri(String kind, String text) {
        try {
            return new URI(Objects.requireNonNull(text, "uri"));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(kind + " '" + printable(text) + "' is not a URI: " + e.getReason(), e);
        }
    }

    static String printable(String text) {
        String shown = CONTROL.matcher(text).replaceAll("?");
        return shown.length() <= 80 ? shown : shown.substring(0, 77) + "...";
    }
}
