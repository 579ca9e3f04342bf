package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.Tree;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file that no package ships in this form, to be checked by the rules. Valid only during the check. */
final class Candidate {
    private static final int LINKS_MAX = 8;

    private final TarEntry entry;
    private final byte[] bytes;
    private final int length;
    private final DpkgRecords dpkg;
    private final Tree tree;

    /** Creates a candidate of which {@code bytes} has the first {@code length}: all, up to a limit. */
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

    /** Returns how many of its bytes are here. */
    int length() {
        return length;
    }

    /** Returns dpkg's records. */
    DpkgRecords dpkg() {
        return dpkg;
    }

    boolean isWhole() {
        return length == entry.size();
    }

    /** Returns the beginning as text, one character per byte. */
    String text() {
        return new String(bytes, 0, length, ISO_8859_1);
    }

    /** Returns the beginning as a stream. */
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

    /** Returns whether all lines have this form; if the file is longer than the part here, its last line may be cut off. */
    boolean hasOnlyLines(Pattern form) {
        String text = text();
        if (!isWhole()) {
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        return text.lines().allMatch(line -> form.matcher(line).matches());
    }

    /** Returns a little-endian number of four bytes. */
    long number(int offset) {
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = (number << 8) | (bytes[offset + i] & 0xff);
        }
        return number;
    }

    /** Returns another file of the installed system, following a link at its path. */
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
