package dev.firstboot.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.internal.ffi.MountCalls;
import dev.firstboot.zfs.property.Properties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads where filesystems are mounted in the mount namespace of this process: {@code /proc/self/mounts}. */
final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mounts");
    private static final int OCTAL_DIGITS = 3;

    private Mounts() {}

    /** Returns every place where a filesystem or snapshot is mounted, in the order of the mounts. */
    static List<Path> of(String dataset) {
        List<Path> places = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(TABLE, UTF_8)) {
                String[] fields = line.split(" ", -1);
                if (fields.length > 2
                        && fields[2].equals("zfs")
                        && unescaped(fields[0]).equals(dataset)) {
                    places.add(Path.of(unescaped(fields[1])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE + " cannot be read", e);
        }
        return places;
    }

    /** Decodes spaces, tabs, line ends and backslashes, which the table has as a backslash and three octal digits (getmntent(3)). */
    static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        byte[] bytes = field.getBytes(UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] == '\\' && at + OCTAL_DIGITS < bytes.length) {
                plain.write(Integer.parseInt(new String(bytes, at + 1, OCTAL_DIGITS, UTF_8), 8));
                at += 1 + OCTAL_DIGITS;
            } else {
                plain.write(bytes[at++]);
            }
        }
        return plain.toString(UTF_8);
    }

    /** Returns the flags for mount(2) that a filesystem's properties ask for; the kernel reads the other properties itself. */
    static long flags(Properties properties) {
        return flag(properties, "readonly", "on", MountCalls.READ_ONLY)
                | flag(properties, "setuid", "off", MountCalls.NO_SETUID)
                | flag(properties, "devices", "off", MountCalls.NO_DEVICES)
                | flag(properties, "exec", "off", MountCalls.NO_EXEC)
                | flag(properties, "atime", "off", MountCalls.NO_ATIME)
                | (properties.get("atime").equals("on")
                        ? flag(properties, "relatime", "on", MountCalls.RELATIVE_ATIME)
                        : 0);
    }

    private static long flag(Properties properties, String name, String value, long flag) {
        return properties.get(name).equals(value) ? flag : 0;
    }
}
