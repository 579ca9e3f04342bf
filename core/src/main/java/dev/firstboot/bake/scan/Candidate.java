package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.Tree;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file that no package ships as it is, to be looked at by the rules. Valid only while it is looked at. */
final class Candidate {
    private static final int LINKS_MAX = 8;

    private final TarEntry entry;
    private final byte[] bytes;
    private final int length;
    private final DpkgRecords dpkg;
    private final Tree tree;

    /** A file of which {@code bytes} holds the first {@code length}: all, up to a limit. */
    Candidate(TarEntry entry, byte[] bytes, int length, DpkgRecords dpkg, Tree tree) {
        this.entry = entry;
        this.bytes = bytes;
        this.length = length;
        this.dpkg = dpkg;
        this.tree = tree;
    }

    String path() {
        return entry.path();
    }

    /** How much of it is here. */
    int length() {
        return length;
    }

    /** What dpkg knows. */
    DpkgRecords dpkg() {
        return dpkg;
    }

    boolean isWhole() {
        return length == entry.size();
    }

    /** The beginning as text, a character a byte. */
    String text() {
        return new String(bytes, 0, length, ISO_8859_1);
    }

    /** The beginning, byte by byte. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    boolean beginsWith(String magic) {
        byte[] expected = magic.getBytes(ISO_8859_1);
        for (int i = 0; i < expected.length; i++) {
            if (i >= length || bytes[i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether all lines are of this form; of a file that is longer than what is here, the last line may be cut off. */
    boolean hasOnlyLines(Pattern form) {
        String text = text();
        if (!isWhole()) {
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        return text.lines().allMatch(line -> form.matcher(line).matches());
    }

    /** A little-endian number of four bytes. */
    long number(int offset) {
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = (number << 8) | (bytes[offset + i] & 0xff);
        }
        return number;
    }

    /** Another file of the installed system, or what the link at its place leads to. */
    Optional<TarEntry> other(String path) {
        Optional<TarEntry> other = tree.entry(tree.resolve(path));
        for (int links = 0; links < LINKS_MAX && other.filter(Candidate::isLink).isPresent(); links++) {
            other = tree.entry(tree.resolve(Tree.follow(other.get())));
        }
        return other;
    }

    private static boolean isLink(TarEntry entry) {
        return entry.kind() == TarEntry.Kind.SYMLINK;
    }
}
