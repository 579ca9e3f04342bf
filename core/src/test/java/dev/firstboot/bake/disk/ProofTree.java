package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.proof.OneHash;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An archive of everything that a filesystem of Linux can hold and a tar archive can tell, sized around the limits of ZFS. Not thread-safe. */
final class ProofTree implements AutoCloseable {
    private static final int RECORD = 128 << 10;
    private static final int SMALL_RECORD = 4 << 10;

    private final Random random = new Random(20);
    private final TarArchiveOutputStream out;
    private int number;

    private ProofTree(Path tar) throws IOException {
        out = new TarArchiveOutputStream(
                new BufferedOutputStream(Files.newOutputStream(tar), 1 << 18), ISO_8859_1.name());
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** Writes it. Directories for other datasets are {@code /var/lib/db}, {@code /var/log}, {@code /sizes} and {@code /host}. */
    static void write(Path tar) throws IOException {
        try (ProofTree tree = new ProofTree(tar)) {
            tree.directory("", 0755, 0, 0);
            tree.directory("etc/", 0755, 0, 0);
            tree.directory("host/", 0755, 0, 0);
            tree.kinds();
            tree.names();
            tree.attributes();
            tree.directory("var/", 0755, 0, 0);
            tree.directory("var/lib/", 0711, 0, 0);
            tree.directory("var/lib/db/", 02770, 100, 200);
            tree.directory("var/log/", 0755, 0, 4);
            tree.directory("sizes/", 0755, 0, 0);
            tree.contents("sizes/");
            tree.contents("var/lib/db/");
            tree.file("var/log/messages", 0640, tree.text(5000));
            tree.manyRecords();
            tree.manyNames();
            tree.namesOfOneHash();
        }
    }

    private void kinds() throws IOException {
        directory("kinds/", 01777, 0, 0);
        file("kinds/suid", 04755, text(10));
        file("kinds/nothing", 0, new byte[0]);
        link("kinds/short", "suid");
        for (int length : new int[] {50, 90, 91, 92, 93, 200, 300, 1023, 4095}) {
            link("kinds/link-" + length, new String(text(length), ISO_8859_1));
        }
        special("kinds/null", TarConstants.LF_CHR, 1, 3);
        special("kinds/disk", TarConstants.LF_BLK, 259, 70_000);
        special("kinds/pipe", TarConstants.LF_FIFO, 0, 0);
        directory("links/", 0755, 0, 0);
        for (int i = 0; i < 200; i++) {
            TarArchiveEntry link = entry("links/of-suid-" + i, TarConstants.LF_LINK, 0);
            link.setLinkName("kinds/suid");
            put(link, new byte[0]);
        }
    }

    private void names() throws IOException {
        directory("names/", 0755, 0, 0);
        file("names/" + "n".repeat(255), 0644, text(3));
        file("names/ blank \t tab", 0644, text(3));
        file("names/" + new String("žluťoučký kůň".getBytes(UTF_8), ISO_8859_1), 0644, text(3));
        StringBuilder deep = new StringBuilder("deep/");
        directory("deep/", 0755, 0, 0);
        for (int level = 0; level < 120; level++) {
            directory(deep.append("level-").append(level).append('/').toString(), 0755, level, level);
        }
    }

    private void attributes() throws IOException {
        directory("attributes/", 0755, 0, 0);
        for (int length : new int[] {1, 100, 200, 3000, 30_000}) {
            TarArchiveEntry file = entry("attributes/of-" + length, TarConstants.LF_NORMAL, 0600);
            file.addPaxHeader("SCHILY.xattr.user.first", new String(text(length), ISO_8859_1));
            file.addPaxHeader("SCHILY.xattr.trusted.second", "x");
            file.setSize(4);
            put(file, text(4));
        }
        privileged();
        TarArchiveEntry directory = entry("attributes/directory/", TarConstants.LF_DIR, 0755);
        directory.addPaxHeader("SCHILY.xattr.user.of-directory", "value");
        put(directory, new byte[0]);
    }

    /** A file with a capability and an access control list: no text, so Commons Compress does not write them. */
    private void privileged() throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (String time : new String[] {"mtime", "atime", "ctime"}) {
            record(records, time, "1730000000.000000007".getBytes(UTF_8));
        }
        // cap_net_raw=ep, as the kernel stores it: VFS_CAP_REVISION_2 with the effective bit.
        record(records, "SCHILY.xattr.security.capability", words(0x2000001, 0x2000, 0, 0, 0));
        // user::rw-, user:1000:r--, group::r--, mask::rw-, other::r--, as the kernel tells them: struct
        // posix_acl_xattr_header.
        record(
                records,
                "SCHILY.xattr.system.posix_acl_access",
                words(2, 0x60001, -1, 0x40002, 1000, 0x40004, -1, 0x60010, -1, 0x40020, -1));
        TarArchiveEntry header = new TarArchiveEntry("./PaxHeaders/privileged", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        header.setModTime(0);
        header.setSize(records.size());
        put(header, records.toByteArray());
        TarArchiveEntry file = new TarArchiveEntry("./attributes/privileged", TarConstants.LF_NORMAL);
        file.setMode(0664);
        file.setModTime(0);
        put(file, new byte[0]);
    }

    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }

    /** The length that a record begins with is that of all of it. */
    private static void record(ByteArrayOutputStream records, String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        records.writeBytes((length + " " + key + "=").getBytes(UTF_8));
        records.writeBytes(value);
        records.write('\n');
    }

    /** Names that all have one hash in a directory's table, nearly as many as it can hold: they are told apart by a number only. */
    private void namesOfOneHash() throws IOException {
        directory("collisions/", 0755, 0, 0);
        for (String name : OneHash.names(100)) {
            file("collisions/" + name, 0644, new byte[0]);
        }
    }

    /** Sizes around sectors, records and what fits into a pointer; bytes that compress well, badly, and not at all; holes. */
    private void contents(String directory) throws IOException {
        for (int size : new int[] {
            1,
            60,
            111,
            112,
            113,
            511,
            512,
            513,
            4095,
            4096,
            4097,
            100_000,
            RECORD - 1,
            RECORD,
            RECORD + 1,
            3 * RECORD,
            (1 << 20) - 1,
            1 << 20,
            (1 << 20) + 1,
            5_000_000
        }) {
            file(directory + "random-" + size, 0644, text(size));
            byte[] repeated = new byte[size];
            Arrays.fill(repeated, (byte) 'r');
            file(directory + "repeated-" + size, 0644, repeated);
            byte[] sparse = new byte[size];
            sparse[size - 1] = 1;
            file(directory + "sparse-" + size, 0644, sparse);
            file(directory + "zero-" + size, 0644, new byte[size]);
        }
    }

    /** More records than one indirect block leads to, in a dataset with records of 4 KiB. */
    private void manyRecords() throws IOException {
        byte[] content = new byte[2100 * SMALL_RECORD];
        for (int at = 0; at < content.length; at += SMALL_RECORD) {
            content[at + random.nextInt(SMALL_RECORD)] = (byte) (at / SMALL_RECORD);
        }
        file("var/log/indirect", 0644, content);
    }

    /** More names than one leaf of a directory's table holds, and than a table in its first block leads to. */
    private void manyNames() throws IOException {
        directory("many/", 0755, 0, 0);
        for (int i = 0; i < 4000; i++) {
            file("many/name-" + i, 0644, new byte[0]);
        }
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('!' + random.nextInt(90));
        }
        return text;
    }

    private void directory(String path, int mode, int user, int group) throws IOException {
        TarArchiveEntry directory = entry("./" + path, TarConstants.LF_DIR, mode);
        directory.setIds(user, group);
        put(directory, new byte[0]);
    }

    private void file(String path, int mode, byte[] content) throws IOException {
        TarArchiveEntry file = entry("./" + path, TarConstants.LF_NORMAL, mode);
        file.setSize(content.length);
        put(file, content);
    }

    private void link(String path, String target) throws IOException {
        TarArchiveEntry link = entry(path, TarConstants.LF_SYMLINK, 0777);
        link.setLinkName(target);
        put(link, new byte[0]);
    }

    private void special(String path, byte type, int major, int minor) throws IOException {
        TarArchiveEntry special = entry(path, type, 0660);
        special.setDevMajor(major);
        special.setDevMinor(minor);
        put(special, new byte[0]);
    }

    /** Each with an owner and times of its own, to the nanosecond, before 1970 and after 2038 too. */
    private TarArchiveEntry entry(String path, byte type, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setMode(mode);
        entry.setIds(number * 7, number * 11);
        entry.setUserName("");
        entry.setGroupName("");
        if (number % 50 == 3) {
            entry.setUserId(4_294_967_294L);
        }
        long seconds = number % 40 == 5 ? -300_000_000 : number % 40 == 6 ? 5_000_000_000L : 1_700_000_000 + number;
        entry.addPaxHeader("mtime", seconds + "." + String.format("%09d", 123_456_789 + number));
        entry.addPaxHeader("atime", (1_710_000_000 + number) + ".000000001");
        entry.addPaxHeader("ctime", (1_720_000_000 + number) + ".5");
        number++;
        return entry;
    }

    private void put(TarArchiveEntry entry, byte[] content) throws IOException {
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
