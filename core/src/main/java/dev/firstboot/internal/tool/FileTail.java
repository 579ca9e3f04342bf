package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** Reads the last lines of a log file, which may be long and may contain anything. */
public final class FileTail {

    private static final int WINDOW = 64 * 1024;

    private FileTail() {}

    /** Returns at most {@code limit} of the file's last non-blank lines, oldest first; none if it cannot be read. */
    public static List<String> lines(Path file, int limit) {
        Tail tail = new Tail(limit);
        Lines lines = new Lines(tail::add);
        byte[] bytes = window(file);
        lines.write(bytes, bytes.length);
        lines.end();
        return tail.lines();
    }

    private static byte[] window(Path file) {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            long length = access.length();
            byte[] bytes = new byte[(int) Math.min(WINDOW, length)];
            access.seek(length - bytes.length);
            access.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            return (file + " cannot be read: " + e.getMessage()).getBytes(UTF_8);
        }
    }
}
