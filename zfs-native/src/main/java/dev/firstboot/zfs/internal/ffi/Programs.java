package dev.firstboot.zfs.internal.ffi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the {@code zfs} and {@code zpool} programs to their end. */
final class Programs {
    private Programs() {}

    /**
     * Returns what a program prints.
     *
     * @throws ZfsCallException if it fails, with what it printed and {@code EIO}, because programs report no errno
     */
    static String output(String subject, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), UTF_8);
                int status = process.waitFor();
                if (status != 0) {
                    throw ZfsCallException.of(
                            withoutValues(command) + ": " + said.strip(), subject, Errno.EIO, List.of());
                }
                return said;
            } finally {
                process.destroy(); // closes its pipes, which otherwise happens some time after its end
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command[0] + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
        }
    }

    /** Returns a command line with the names of properties, but not their values. */
    private static String withoutValues(String... command) {
        return Arrays.stream(command).map(word -> word.split("=", 2)[0]).collect(Collectors.joining(" "));
    }

    /** Returns the lines that a program prints with this many columns, separated by tabs. Only for columns that contain no tab or line break. */
    static List<String[]> rows(int columns, String subject, String... command) {
        return Arrays.stream(output(subject, command).split("\n", -1))
                .map(line -> line.split("\t", -1))
                .filter(words -> words.length == columns)
                .toList();
    }

    /** Fails as the kernel does if the dataset does not exist: a program would report that as prose. */
    static void mustExist(String function, String dataset) {
        if (!DatasetCalls.exists(dataset)) {
            throw ZfsCallException.of(function, dataset, Errno.ENOENT, List.of());
        }
    }
}
