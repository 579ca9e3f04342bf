package dev.firstboot.internal.tool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a tool's output. Thread-safe. */
final class Tail {

    private final int limit;
    private final Deque<String> lines = new ArrayDeque<>();

    Tail(int limit) {
        this.limit = limit;
    }

    synchronized void add(String line) {
        if (line.isBlank() || limit == 0) {
            return;
        }
        if (lines.size() == limit) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
