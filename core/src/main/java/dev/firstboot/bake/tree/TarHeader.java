package dev.firstboot.bake.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the blocks of a tar header. Extended headers override the fields of the block they precede. */
final class TarHeader {
    static final int BLOCK = 512;
    /** Half of the largest size on Linux, so that sums do not overflow. */
    private static final long LARGEST = 1L << 62;

    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,18})(?:\\.[0-9]*)?");
    private static final int MODE = 100;
    private static final int UID = 108;
    private static final int GID = 116;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    /** Keywords of the extended headers before this entry, including GNU's long names. */
    private final Map<String, String> extended = new HashMap<>();

    /** Returns whether the block's checksum is right; otherwise it is not a tar header. */
    static boolean isValid(byte[] block) {
        return sum(block) == number(block, CHECKSUM, 8);
    }

    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    static long time(byte[] block) {
        return number(block, TIME, 12);
    }

    /** Sets the time and updates the checksum. */
    static void time(byte[] block, long seconds) {
        put(block, TIME, String.format(Locale.ROOT, "%011o\0", seconds));
        put(block, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", sum(block)));
    }

    private static void put(byte[] block, int at, String field) {
        System.arraycopy(field.getBytes(US_ASCII), 0, block, at, field.length());
    }

    static char type(byte[] block) {
        return (char) (block[TYPE] & 0xff);
    }

    /**
     * Returns the number of bytes that follow the block.
     *
     * @throws IllegalArgumentException if the number is impossible
     */
    static long size(byte[] block) {
        return checkedSize(number(block, SIZE, 12));
    }

    private static long checkedSize(long size) {
        if (size < 0 || size > LARGEST) {
            throw new IllegalArgumentException("an entry cannot have " + size + " bytes");
        }
        return size;
    }

    /**
     * Reads the content of an extended header ({@code x}) or of a GNU long name ({@code L}, {@code K}).
     *
     * @throws IllegalArgumentException if it is damaged
     */
    void extend(char type, byte[] content) {
        if (type == 'L' || type == 'K') {
            extended.put(type == 'L' ? "path" : "linkpath", text(content, 0, content.length));
            return;
        }
        int at = 0;
        while (at < content.length) {
            int space = at;
            while (space < content.length && content[space] != ' ') {
                space++;
            }
            long end = at + extendedNumber("length", new String(content, at, space - at, UTF_8));
            if (end > content.length || end < space + 2L || content[(int) end - 1] != '\n') {
                throw new IllegalArgumentException("an extended header is damaged");
            }
            String record = new String(content, space + 1, (int) end - space - 2, UTF_8);
            int equals = record.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("an extended header has no '='");
            }
            extended.put(record.substring(0, equals), record.substring(equals + 1));
            at = (int) end;
        }
    }

    /** Returns the entry of this block. */
    TarEntry entry(byte[] block) {
        if (type(block) == 'S' || extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
            throw new TreeException("the archive holds a sparse file, " + path(block) + ", which is not supported");
        }
        TarEntry.Kind kind = switch (type(block)) {
            case '0', '\0', '7' -> TarEntry.Kind.FILE;
            case '1' -> TarEntry.Kind.HARD_LINK;
            case '2' -> TarEntry.Kind.SYMLINK;
            case '5' -> TarEntry.Kind.DIRECTORY;
            case '3', '4', '6' -> TarEntry.Kind.SPECIAL;
            default ->
                throw new TreeException(
                        "the archive holds an entry of unknown type '" + type(block) + "': " + path(block));
        };
        String link = extended.getOrDefault("linkpath", text(block, LINK, 100));
        return new TarEntry(
                absolute(path(block)),
                kind,
                (int) number(block, MODE, 8) & 07777,
                extendedNumber("uid", number(block, UID, 8)),
                extendedNumber("gid", number(block, GID, 8)),
                extendedNumber("mtime", time(block)),
                kind == TarEntry.Kind.FILE ? checkedSize(extendedNumber("size", size(block))) : 0,
                kind == TarEntry.Kind.HARD_LINK ? absolute(link) : kind == TarEntry.Kind.SYMLINK ? link : "");
    }

    /** Returns the form that all paths of a tree have. */
    static String absolute(String name) {
        StringBuilder path = new StringBuilder();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw new TreeException("the archive holds a path with '..': " + name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path.append('/').append(part);
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private String path(byte[] block) {
        String long_ = extended.get("path");
        if (long_ != null) {
            return long_;
        }
        // Only POSIX archives have a prefix; GNU's own format stores times there.
        boolean posix = text(block, MAGIC, 6).equals("ustar") && block[MAGIC + 5] == 0;
        String prefix = posix ? text(block, PREFIX, 155) : "";
        String name = text(block, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private long extendedNumber(String key, long otherwise) {
        String value = extended.get(key);
        return value == null ? otherwise : extendedNumber(key, value);
    }

    private static long extendedNumber(String key, String value) {
        // Times may have a fraction.
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            throw new IllegalArgumentException(key + " '" + value + "' in an extended header is no number");
        }
        return Long.parseLong(number.group(1));
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, UTF_8);
    }

    /** Parses octal digits, or GNU's base-256 form if the first bit is set. */
    private static long number(byte[] block, int from, int length) {
        long value = 0;
        if ((block[from] & 0x80) != 0) {
            value = block[from] == -1 ? -1 : block[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                    throw new IllegalArgumentException("a header has a number of more than 63 bits");
                }
                value = (value << 8) | (block[i] & 0xff);
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                value = (value << 3) | (block[i] - '0');
            } else if (block[i] != ' ' || value != 0) {
                break;
            }
        }
        return value;
    }
}
