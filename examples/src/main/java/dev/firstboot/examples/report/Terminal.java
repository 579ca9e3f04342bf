package dev.firstboot.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a person is watching. {@code System.console()} cannot: what it says differs between JDKs. */
final class Terminal {
    private Terminal() {}

    /** Whether standard output is a terminal that can move its cursor. */
    static boolean isStandardOutput() {
        try {
            String name = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            String kind = System.getenv().getOrDefault("TERM", "dumb");
            return (name.startsWith("/dev/pts/") || name.startsWith("/dev/tty")) && !kind.equals("dumb");
        } catch (IOException e) {
            return false;
        }
    }
}
