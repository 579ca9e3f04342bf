package dev.firstboot.zfs.live;

import dev.firstboot.zfs.internal.ffi.MountCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A filesystem or snapshot, mounted for a while. */
public final class Mounted implements AutoCloseable {
    private final Path directory;

    private Mounted(Path directory) {
        this.directory = directory;
    }

    public static Mounted of(String name) {
        try {
            Path directory = Files.createTempDirectory("mounted");
            MountCalls.mount(name, directory.toString(), 0);
            return new Mounted(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that does not compress into a filesystem. */
    public static void write(String filesystem, String file, int bytes) {
        try (Mounted mounted = of(filesystem)) {
            byte[] content = new byte[bytes];
            new Random(file.hashCode()).nextBytes(content);
            Files.write(mounted.directory.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file of two filesystems or snapshots is the same. */
    public static boolean isSame(String one, String other, String file) {
        try (Mounted first = of(one);
                Mounted second = of(other)) {
            return Arrays.equals(
                    Files.readAllBytes(first.directory.resolve(file)),
                    Files.readAllBytes(second.directory.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        MountCalls.unmount(directory.toString(), false);
        try {
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
