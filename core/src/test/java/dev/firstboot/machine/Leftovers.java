package dev.firstboot.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Counts what of a machine is still on the host: everything it makes bears the eight letters at the end of its id. */
public final class Leftovers {
    private Leftovers() {}

    /** The mark of a machine. */
    public static String markOf(Machine machine) {
        String directory = machine.console().getParent().getFileName().toString();
        return directory.substring(directory.lastIndexOf('-') + 1);
    }

    public static void assertNone(String mark) throws InterruptedException {
        assertNone(mark, Duration.ofMinutes(1));
    }

    public static void assertNone(String mark, Duration patience) throws InterruptedException {
        for (int i = 0; i < patience.toSeconds() * 10 && !of(mark).isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertThat(of(mark)).as("what is left of %s", mark).isEmpty();
    }

    public static List<String> of(String mark) {
        List<String> found = new ArrayList<>();
        try {
            found.addAll(processes("cmdline", mark));
            Files.readString(Path.of("/proc/self/mountinfo"))
                    .lines()
                    .filter(line -> line.contains(mark))
                    .map(line -> "mount " + line)
                    .forEach(found::add);
            for (String directory : List.of(
                    "/run/netns",
                    "/sys/class/net",
                    "/var/tmp",
                    "/tmp",
                    "/run/systemd/nspawn/propagate",
                    "/sys/fs/cgroup",
                    "/sys/fs/cgroup/systemd",
                    "/sys/fs/cgroup/unified")) {
                found.addAll(entries(Path.of(directory), mark));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<String> entries(Path directory, String mark) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(Path::toString)
                    .filter(path -> path.contains(mark))
                    .toList();
        }
    }

    /** Processes with this in their {@code cmdline} or {@code environ}. */
    public static List<String> processes(String what, String mark) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry : entries.filter(
                            path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                try {
                    String command =
                            Files.readString(entry.resolve(what), java.nio.charset.StandardCharsets.ISO_8859_1);
                    if (command.contains(mark)) {
                        found.add("process " + entry.getFileName() + " " + command.replace('\0', ' '));
                    }
                } catch (IOException e) {
                    // It ended meanwhile.
                }
            }
        }
        return found;
    }
}
