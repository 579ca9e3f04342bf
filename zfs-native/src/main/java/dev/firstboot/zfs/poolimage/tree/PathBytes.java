package dev.firstboot.zfs.poolimage.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of paths that the JVM got from the kernel. The JVM keeps these bytes, but converts them to text in the locale's encoding: under {@code LC_ALL=C}
 * every byte of {@code é} and {@code ü} becomes the same character. A path's URI has every byte.
 */
final class PathBytes {
    /** The encoding in which the JVM converts the kernel's bytes to text. */
    static final Charset ENCODING = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final char UNREADABLE = '\ufffd';
    private static final int RADIX = 16;

    private PathBytes() {}

    /** Returns the bytes of a relative or absolute path. */
    static byte[] of(Path path) {
        String text = path.toString();
        if (ENCODING.equals(StandardCharsets.UTF_8) && text.indexOf(UNREADABLE) < 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        Path absolute = path.getFileSystem().getPath("/").resolve(path);
        byte[] bytes = unescaped(absolute.toUri().getRawPath());
        // The URI of an existing directory ends with a slash.
        int end = bytes.length > 1 && bytes[bytes.length - 1] == '/' && !text.endsWith("/")
                ? bytes.length - 1
                : bytes.length;
        int start = path.isAbsolute() ? 0 : 1;
        return Arrays.copyOfRange(bytes, start, end);
    }

    private static byte[] unescaped(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                bytes.write(Integer.parseInt(path, i + 1, i + 3, RADIX));
                i += 2;
            } else {
                bytes.write(path.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
