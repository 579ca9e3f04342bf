package dev.firstboot.internal.file;

import dev.firstboot.internal.tool.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The mounts as this process sees them: {@code /proc/self/mountinfo}, proc_pid_mountinfo(5). */
final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4;
    /** How the table escapes blanks, tabs, line feeds and backslashes. */
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private Mounts() {}

    /**
     * Refuses a tree in which anything is mounted, even from the same file system.
     *
     * @param tree a path without symbolic links
     * @throws MountedException naming every mount point
     */
    static void refuse(Path tree) throws IOException {
        List<Path> found = in(tree, Files.readAllLines(TABLE));
        if (!found.isEmpty()) {
            throw new MountedException(
                    tree,
                    "nothing is deleted there, because file systems are mounted in it; take them off first: umount "
                            + found.stream()
                                    .map(point -> ShellWords.quote(point.toString()))
                                    .collect(Collectors.joining(" ")));
        }
    }

    /** Returns the mount points at or below {@code tree}, the last mounted first. */
    static List<Path> in(Path tree, List<String> table) {
        List<Path> points = table.stream()
                .map(line -> Path.of(unescaped(line.split(" ", MOUNT_POINT + 2)[MOUNT_POINT])))
                .filter(point -> point.startsWith(tree))
                .collect(Collectors.toList());
        Collections.reverse(points);
        return points;
    }

    private static String unescaped(String field) {
        return OCTAL.matcher(field)
                .replaceAll(octal ->
                        Matcher.quoteReplacement(Character.toString(Integer.parseInt(octal.group(1), Byte.SIZE))));
    }
}
