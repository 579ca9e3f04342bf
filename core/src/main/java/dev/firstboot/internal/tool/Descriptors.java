package dev.firstboot.internal.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file descriptors of this process. Starting a program needs some, and its error says nothing useful when there are none left. */
final class Descriptors {
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d+)");
    /** How many starting a program may need, plus what was closed since it failed. */
    private static final long FEW = 24;

    private Descriptors() {}

    /** Returns a message about them for a program that could not be started; empty if there are enough. */
    static String shortage() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return shortage(open.count(), Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the same for {@code open} descriptors and this text of {@code /proc/self/limits}. */
    static String shortage(long open, String limits) {
        Matcher limit = LIMIT.matcher(limits);
        return !limit.find() || Long.parseLong(limit.group(1)) - open > FEW
                ? ""
                : "; this process has " + open + " files open and may have " + limit.group(1)
                        + ": raise that limit (ulimit -n)";
    }
}
