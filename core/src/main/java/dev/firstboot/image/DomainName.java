package dev.firstboot.image;

import dev.firstboot.internal.check.Checks;
import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * A fully qualified DNS name such as {@code chat.example.com} (RFC 1123), in lower case; an internationalized name is stored in its ASCII form (RFC
 * 3490).
 *
 * @param value the name, with at least two labels and no trailing dot
 */
public record DomainName(String value) implements Comparable<DomainName> {
    private static final int MAX = 253;

    public DomainName {
        Objects.requireNonNull(value, "value");
        String[] labels = value.split("\\.", -1);
        if (value.length() > MAX
                || labels.length < 2
                || !Arrays.stream(labels).allMatch(Checks::isLabel)
                || labels[labels.length - 1].chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("domain '" + Names.printable(value)
                    + "' is not a fully qualified DNS name: expected something like chat.example.com");
        }
    }

    /** Parses a name as typed by a person: any case, non-ASCII letters allowed. */
    public static DomainName of(String value) {
        Objects.requireNonNull(value, "value");
        try {
            return new DomainName(IDN.toASCII(value.strip()).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("domain '" + Names.printable(value)
                    + "' is not a fully qualified DNS name: expected something like chat.example.com");
        }
    }

    /** Returns the name {@code label.this}. */
    public DomainName sub(String label) {
        Objects.requireNonNull(label, "label");
        return new DomainName(label + "." + value);
    }

    @Override
    public int compareTo(DomainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
