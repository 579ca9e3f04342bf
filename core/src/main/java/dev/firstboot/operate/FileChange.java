package dev.firstboot.operate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file that differs between two moments of a stack: a line of zfs-diff(8). Immutable. */
public final class FileChange {
    /** What became of a file. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** Its content or attributes changed. */
        MODIFIED,
        /** It has another name. */
        RENAMED
    }

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Kind kind;
    private final String path;
    private final @Nullable String newPath;

    private FileChange(Kind kind, String path, @Nullable String newPath) {
        this.kind = kind;
        this.path = path;
        this.newPath = newPath;
    }

    /** Reads what zfs-diff(8) prints: a letter, and paths with bytes outside of printable ASCII as {@code \0} and three octal digits. */
    static FileChange of(String letter, String path, @Nullable String newPath) {
        Kind kind = switch (letter) {
            case "+" -> Kind.ADDED;
            case "-" -> Kind.REMOVED;
            case "R" -> Kind.RENAMED;
            case "M" -> Kind.MODIFIED;
            default -> throw new IllegalArgumentException("zfs diff knows no change '" + letter + "'");
        };
        return new FileChange(kind, decoded(path), newPath == null ? null : decoded(newPath));
    }

    private static String decoded(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < path.length(); at++) {
            char letter = path.charAt(at);
            if (letter == '\\' && path.startsWith("\\0", at) && at + 5 <= path.length()) {
                bytes.write(Integer.parseInt(path.substring(at + 2, at + 5), 8));
                at += 4;
            } else {
                bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns what became of it. */
    public Kind kind() {
        return kind;
    }

    /** Returns its path on the machine; the former one of a file that was renamed. Bytes that are no UTF-8 are U+FFFD. */
    public String path() {
        return path;
    }

    /** Returns its path now, of a file that was renamed. */
    public Optional<String> newPath() {
        return Optional.ofNullable(newPath);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileChange that
                && kind == that.kind
                && path.equals(that.path)
                && Objects.equals(newPath, that.newPath);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, path, newPath);
    }

    /** The change for display: control characters, which a file's name may have, are {@code \\0} and three octal digits. */
    @Override
    public String toString() {
        return kind + " " + printable(path) + (newPath == null ? "" : " to " + printable(newPath));
    }

    private static String printable(String path) {
        return CONTROL.matcher(path).replaceAll(found -> {
            String digits = Integer.toOctalString(found.group().charAt(0));
            return "\\\\" + "0".repeat(4 - digits.length()) + digits;
        });
    }
}
