package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A real, small Debian whose only service answers on a port with what it is sent, and which says that it is ready. Built once and kept
 * beside the compiled tests.
 */
public final class MachineFixture {
    public static final int ECHO_PORT = 7777;
    private static final Path HOME = Path.of("target", "machine-fixture").toAbsolutePath();

    private MachineFixture() {}

    /** The root file system as a tar archive. */
    public static synchronized Path rootfs() throws IOException {
        Path tar = HOME.resolve("rootfs.tar");
        if (!Files.exists(tar)) {
            Path script = script("make-rootfs.sh");
            sh(script, tar + ".part");
            Files.move(Path.of(tar + ".part"), tar, StandardCopyOption.ATOMIC_MOVE);
        }
        return tar;
    }

    /** The same as a raw disk that boots by UEFI. */
    public static synchronized Path disk() throws IOException {
        Path disk = HOME.resolve("disk.raw");
        if (!Files.exists(disk)) {
            sh(
                    script("make-disk.sh"),
                    rootfs().toString(),
                    HOME.resolve("disk.part").toString());
            Files.move(HOME.resolve("disk.part"), disk, StandardCopyOption.ATOMIC_MOVE);
        }
        return disk;
    }

    private static void sh(Path script, String... arguments) {
        Tool.of("sh", "dash").run(script.toString()).addAll(List.of(arguments)).execute();
    }

    private static Path script(String name) throws IOException {
        Path file = Files.createDirectories(HOME).resolve(name);
        try (InputStream stream = MachineFixture.class.getResourceAsStream(name)) {
            Files.writeString(file, new String(stream.readAllBytes(), UTF_8));
        }
        return file;
    }
}
