package dev.firstboot.zfs.property;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers as {@code zfs set} takes them. */
final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,20}(?:\\.\\d{1,10})?)([KMGTPE]?)(?:I?B)?");
    private static final String SUFFIXES = "KMGTPE";
    private static final int KIBI_BITS = 10;

    private Sizes() {}

    /** Parses an unsigned 64-bit number; {@code none} becomes the property's number for no limit. */
    static long parse(PropertyKind kind, String text) {
        if (text.equals(PropertyKind.NO_LIMIT)) {
            return kind.defaultText().equals(PropertyKind.NO_LIMIT) ? -1 : 0;
        }
        Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(kind.name() + " cannot be '" + text + "': a number, as 4096 or 1.5G");
        }
        int power = form.group(2).isEmpty() ? 0 : SUFFIXES.indexOf(form.group(2)) + 1;
        BigDecimal value = new BigDecimal(form.group(1)).multiply(new BigDecimal(1L << (power * KIBI_BITS)));
        if (value.toBigInteger().bitLength() > Long.SIZE) {
            throw new IllegalArgumentException(kind.name() + ": " + text + " is more than 2^64-1");
        }
        return value.toBigInteger().longValue();
    }
}
