package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;

/**
 * Searches files of any size for secrets, one window at a time. The end of each window is searched again with the next, from the start of a line if
 * one is near, so that nothing is missed at the boundary. Not thread-safe.
 */
final class ContentSearch {
    static final int WINDOW = 1 << 20;
    private static final int KEPT = 8192;
    private static final String TEMPLATES = "/usr/lib/firstboot/templates/";

    private final byte[] window = new byte[WINDOW];

    /** Returns the kinds in {@code content}, of a file of {@code size} bytes at {@code path}. */
    EnumSet<Kind> kindsIn(String path, long size, InputStream content) throws IOException {
        if (path.startsWith(TEMPLATES)) {
            byte[] text = templateText(content.readAllBytes());
            return ContentRules.kindsIn(targetOf(text), text, text.length, true);
        }
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        int kept = 0;
        for (int n = content.readNBytes(window, 0, WINDOW);
                n > 0;
                n = content.readNBytes(window, kept, WINDOW - kept)) {
            int length = kept + n;
            kinds.addAll(ContentRules.kindsIn(path, window, length, length == size));
            int from = keptFrom(length);
            kept = length - from;
            System.arraycopy(window, from, window, 0, kept);
        }
        return kinds;
    }

    private int keptFrom(int length) {
        int from = Math.max(0, length - KEPT);
        for (int i = from; i < length - KEPT / 2; i++) {
            if (window[i] == '\n') {
                return i + 1;
            }
        }
        return from;
    }

    /** Returns the file that a template becomes, with a {@code $} in place of the machine's own values; see the script {@code render}. */
    private static byte[] templateText(byte[] template) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String line : new String(template, ISO_8859_1).lines().toList()) {
            if (line.startsWith("path ")) {
                text.writeBytes((line + "\n").getBytes(ISO_8859_1));
            } else if (line.startsWith("text ")) {
                text.writeBytes(decoded(line.substring("text ".length())));
            } else if (line.startsWith("secret ") || line.startsWith("fact ")) {
                text.writeBytes("${x}".getBytes(ISO_8859_1));
            }
        }
        return text.toByteArray();
    }

    private static byte[] decoded(String line) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < line.length(); i++) {
            boolean escaped = line.charAt(i) == '%' && i + 2 < line.length();
            text.write(escaped ? Integer.parseInt(line.substring(i + 1, i + 3), 16) : line.charAt(i));
            i += escaped ? 2 : 0;
        }
        return text.toByteArray();
    }

    private static String targetOf(byte[] text) {
        String first = new String(text, ISO_8859_1).lines().findFirst().orElse("");
        return first.startsWith("path ") ? first.substring("path ".length()) : "";
    }
}
