package dev.firstboot.internal.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The directories of the host's programs: {@code PATH} first, then those that a user without root's PATH lacks. */
final class HostPath {

    private static final List<String> SYSTEM =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private HostPath() {}

    /** Returns the directories in search order. */
    static Set<String> directories() {
        Set<String> directories = new LinkedHashSet<>();
        String path = System.getenv("PATH");
        if (path != null) {
            Arrays.stream(path.split(":", -1))
                    .filter(entry -> entry.startsWith("/"))
                    .forEach(directories::add);
        }
        directories.addAll(SYSTEM);
        return directories;
    }

    static Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(HostPath::isProgram);
        }
        return directories().stream()
                .map(directory -> Path.of(directory, program))
                .filter(HostPath::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
