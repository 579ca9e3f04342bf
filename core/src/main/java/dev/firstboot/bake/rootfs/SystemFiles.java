package dev.firstboot.bake.rootfs;

import dev.firstboot.image.Digest;
import dev.firstboot.image.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The few files that a machine has because it boots by itself: its network, how units find the pool's datasets, how the pool grows. */
final class SystemFiles {
    private static final String FIRST_BOOT = "/dev/firstboot/bake/firstboot/";
    private static final String UNITS = "etc/systemd/system/";

    /** The text of each file by its path, without the leading slash. */
    private static final SortedMap<String, String> ALL = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "etc/systemd/network/80-wired.network",
            text("files/80-wired.network"),
            UNITS + "systemd-networkd-wait-online.service.d/10-any.conf",
            text("files/wait-online.conf"),
            UNITS + "systemd-journal-flush.service.d/10-datasets.conf",
            text("files/journal-flush.conf"),
            "etc/systemd/system.conf.d/10-firstboot.conf",
            text("files/timeouts.conf"),
            "etc/initramfs-tools/conf.d/10-firstboot",
            text("files/initramfs.conf"),
            "usr/lib/firstboot/grow",
            text(FIRST_BOOT + "grow"),
            "usr/lib/systemd/system/firstboot-grow.service",
            text(FIRST_BOOT + "firstboot-grow.service"))));

    private SystemFiles() {}

    /** Writes them below {@code root}; scripts can be run. */
    static void write(Path root) throws IOException {
        for (Map.Entry<String, String> file : ALL.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
            boolean script = file.getValue().startsWith("#!");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    static Digest digest() {
        return Digest.ofBytes(ALL.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String resource) {
        return Resources.text(SystemFiles.class, resource);
    }
}
