package dev.firstboot.zfs.poolimage.tree;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of pax extended headers: keywords with values of any bytes. Keeps the records that describe a file, in bounded memory. Keywords have one
 * character for each byte (ISO 8859-1).
 */
final class PaxRecords {
    /** The most bytes of all keywords and values that are kept, and of one header; more is an attack or damage. */
    static final int MAX_BYTES = 1 << 20;

    /** About how many bytes of memory a kept record needs besides its own. */
    private static final int OVERHEAD = 64;

    private static final int NANO_DIGITS = 9;
    private static final Pattern TIME = Pattern.compile("(-?)([0-9]+)(?:\\.([0-9]*))?");
    private static final Set<String> PLAIN =
            Set.of("path", "linkpath", "size", "uid", "gid", "mtime", "atime", "ctime");

    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final Map<String, byte[]> attributes = new LinkedHashMap<>();
    private final @Nullable PaxRecords global;
    private long bytes;

    private PaxRecords(@Nullable PaxRecords global) {
        this.global = global;
    }

    /** Returns empty records for all entries that follow. */
    static PaxRecords forAll() {
        return new PaxRecords(null);
    }

    /** Returns empty records for one entry; they override those for all. */
    static PaxRecords forOne(PaxRecords global) {
        return new PaxRecords(global);
    }

    /** Reads records of the form "length keyword=value\n"; the length counts the whole record. */
    void add(byte[] data, String source) {
        int at = 0;
        while (at < data.length) {
            int space = indexOf(data, ' ', at);
            int length = space < 0 ? 0 : length(data, at, space);
            int end = at + length;
            int equals = indexOf(data, '=', at);
            if (length <= 0 || end > data.length || equals < space || equals >= end || data[end - 1] != '\n') {
                throw new MalformedTreeException(source + ": an extended header is damaged");
            }
            String keyword = new String(data, space + 1, equals - space - 1, StandardCharsets.ISO_8859_1);
            if (TarAttributes.isOne(keyword)) {
                put(attributes, keyword, Arrays.copyOfRange(data, equals + 1, end - 1), source);
            } else if (PLAIN.contains(keyword) || keyword.startsWith("GNU.sparse.")) {
                put(values, keyword, Arrays.copyOfRange(data, equals + 1, end - 1), source);
            }
            at = end;
        }
    }

    private void put(Map<String, byte[]> records, String keyword, byte[] value, String source) {
        byte[] before = records.put(keyword, value);
        bytes += before == null ? keyword.length() + value.length + OVERHEAD : value.length - before.length;
        if (bytes > MAX_BYTES) {
            throw new MalformedTreeException(source + ": extended headers in front of one file, or for all files, have"
                    + " more than " + MAX_BYTES + " bytes together");
        }
    }

    private static int length(byte[] data, int from, int to) {
        try {
            return Integer.parseInt(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int indexOf(byte[] data, char wanted, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the records of extended attributes and similar data, by keyword. */
    Map<String, byte[]> attributes() {
        if (global == null || global.attributes.isEmpty()) {
            return attributes;
        }
        Map<String, byte[]> both = new LinkedHashMap<>(global.attributes);
        both.putAll(attributes);
        return both;
    }

    /** Returns the value of a record; empty if there is none, or if it cancels the one for all entries with an empty value. */
    Optional<byte[]> bytes(String keyword) {
        byte[] own = values.get(keyword);
        return own == null && global != null
                ? global.bytes(keyword)
                : Optional.ofNullable(own).filter(value -> value.length > 0);
    }

    Optional<Long> number(String keyword) {
        return bytes(keyword).map(value -> {
            try {
                return Long.parseLong(text(value));
            } catch (NumberFormatException e) {
                throw new MalformedTreeException(keyword + " '" + text(value) + "' in an extended header is no number");
            }
        });
    }

    /** Reads seconds since the epoch with any number of decimals; keeps nanoseconds. */
    Optional<Instant> time(String keyword) {
        return bytes(keyword).map(value -> {
            String text = text(value);
            Matcher time = TIME.matcher(text);
            try {
                if (time.matches()) {
                    String digits = Optional.ofNullable(time.group(3)).orElse("") + "0".repeat(NANO_DIGITS);
                    long fraction = Long.parseLong(digits.substring(0, NANO_DIGITS));
                    long seconds = Long.parseLong(time.group(1) + time.group(2));
                    return Instant.ofEpochSecond(seconds, text.startsWith("-") ? -fraction : fraction);
                }
            } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
                // reported below
            }
            throw new MalformedTreeException(keyword + " '" + text + "' in an extended header is no time");
        });
    }

    private static String text(byte[] value) {
        return new String(value, 0, Math.min(value.length, 100), StandardCharsets.UTF_8);
    }
}
