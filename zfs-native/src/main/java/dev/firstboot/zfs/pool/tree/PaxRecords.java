package dev.firstboot.zfs.pool.tree;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Records of a pax extended header: keyword and value, a value being any bytes. */
final class PaxRecords {
    private static final int NANO_DIGITS = 9;

    private final Map<String, byte[]> values = new LinkedHashMap<>();

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
            String keyword = new String(data, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            values.put(keyword, Arrays.copyOfRange(data, equals + 1, end - 1));
            at = end;
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

    /** These, with others taking their place where they say something. */
    PaxRecords overlaidBy(PaxRecords others) {
        PaxRecords both = new PaxRecords();
        both.values.putAll(values);
        both.values.putAll(others.values);
        return both;
    }

    Map<String, byte[]> values() {
        return values;
    }

    Optional<byte[]> bytes(String keyword) {
        return Optional.ofNullable(values.get(keyword)).filter(value -> value.length > 0);
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

    /** Seconds since the epoch with as many digits after the point as there are; nanoseconds are kept. */
    Optional<Instant> time(String keyword) {
        return bytes(keyword).map(value -> {
            String text = text(value);
            int point = text.indexOf('.');
            try {
                long seconds = Long.parseLong(point < 0 ? text : text.substring(0, point));
                String digits = point < 0 ? "" : text.substring(point + 1);
                String nanos = (digits + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS);
                long fraction = Long.parseLong(nanos);
                return Instant.ofEpochSecond(seconds, text.startsWith("-") ? -fraction : fraction);
            } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
                throw new MalformedTreeException(keyword + " '" + text + "' in an extended header is no time");
            }
        });
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
