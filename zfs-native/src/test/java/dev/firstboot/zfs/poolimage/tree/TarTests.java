package dev.firstboot.zfs.poolimage.tree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes an archive, entry by entry, and reads it. */
abstract class TarTests {
    final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    final Map<String, byte[]> contents = new HashMap<>();

    List<TreeEntry> read() throws IOException {
        archive.write(new byte[1024]);
        List<TreeEntry> entries = new ArrayList<>();
        new TarTreeReader(new ByteArrayInputStream(archive.toByteArray()), "test.tar").read((entry, content) -> {
            entries.add(entry);
            contents.put(entry.path().toString(), content.readAllBytes());
        });
        return entries;
    }

    TarTests add(char type, String name, String link, byte[] content) throws IOException {
        return add(type, name, link, String.format(Locale.ROOT, "%011o", content.length), "00000000144", content);
    }

    /** One whose size and time are these twelve bytes. */
    TarTests add(char type, String name, String link, String size, String time, byte[] content) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0004755");
        put(header, 108, "0001750");
        put(header, 116, "0001751");
        put(header, 124, size);
        put(header, 136, time);
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\0" + "00");
        put(header, 329, "0000010");
        put(header, 337, "0000001");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0", sum));
        archive.write(header);
        archive.write(content);
        archive.write(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    TarTests addPax(String... records) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String record : records) {
            int length = record.length() + 3;
            while (String.valueOf(length).length() + record.length() + 2 != length) {
                length++;
            }
            data.write((length + " " + record + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return add('x', "pax", "", data.toByteArray());
    }

    void isMalformed(String... words) {
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedTreeException.class)
                .hasMessageContainingAll(words);
    }
}
