package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What an archive tells of every path, read by Commons Compress. */
final class TarListing {
    /** All names of one file are one object, so that two archives agree on who is linked with whom. */
    private final SortedMap<String, Told> files = new TreeMap<>();

    private TarListing() {}

    /** What is told of a file, and under which name it came first. */
    private record Told(String text, String firstName) {}

    static SortedMap<String, String> of(Path tar) throws IOException {
        TarListing listing = new TarListing();
        try (TarArchiveInputStream in = new TarArchiveInputStream(
                new BufferedInputStream(Files.newInputStream(tar), 1 << 18), ISO_8859_1.name())) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                listing.add(entry, in);
            }
        }
        return listing.texts();
    }

    private void add(TarArchiveEntry entry, TarArchiveInputStream content) throws IOException {
        String name = plain(entry.getName());
        if (entry.isLink()) {
            Told target = Objects.requireNonNull(files.get(plain(entry.getLinkName())), entry.getLinkName());
            files.put(name, target);
            return;
        }
        StringBuilder text = new StringBuilder(kind(entry) + " " + Integer.toOctalString(entry.getMode() & 07777) + " "
                + entry.getLongUserId() + ":" + entry.getLongGroupId());
        text.append(" modified ").append(entry.getLastModifiedTime());
        text.append(" accessed ").append(time(entry.getLastAccessTime()));
        text.append(" changed ").append(time(entry.getStatusChangeTime()));
        if (entry.isFile()) {
            text.append(' ').append(entry.getSize()).append(' ').append(Digest.ofBytes(content.readAllBytes()));
        } else if (entry.isSymbolicLink()) {
            text.append(" -> ").append(entry.getLinkName());
        } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            text.append(' ').append(entry.getDevMajor()).append(':').append(entry.getDevMinor());
        }
        new TreeMap<>(entry.getExtraPaxHeaders()).forEach((key, value) -> {
            if (key.startsWith("SCHILY.xattr.")) {
                text.append(' ').append(key).append('=').append(Digest.ofBytes(value.getBytes(UTF_8)));
            }
        });
        files.put(name, new Told(text.toString(), name));
    }

    private static String time(FileTime time) {
        return Objects.toString(time);
    }

    private static char kind(TarArchiveEntry entry) {
        return (char) (entry.getLinkFlag() == 0 ? '0' : entry.getLinkFlag());
    }

    /** Names in extended headers are read as UTF-8, others byte by byte; here all are one character per byte. */
    private static String plain(String name) {
        String bytes = name.chars().allMatch(c -> c < 0x100) ? name : new String(name.getBytes(UTF_8), ISO_8859_1);
        return bytes.replaceFirst("^\\./", "").replaceFirst("/$", "");
    }

    /** Each path with what is told of it and the first of its file's names. */
    private SortedMap<String, String> texts() {
        Map<String, String> first = new TreeMap<>();
        files.forEach((name, told) -> first.merge(told.firstName(), name, (a, b) -> a.compareTo(b) < 0 ? a : b));
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((name, told) -> texts.put(name, told.text() + " as " + first.get(told.firstName())));
        return texts;
    }
}
