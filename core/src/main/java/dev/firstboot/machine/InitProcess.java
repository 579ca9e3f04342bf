package dev.firstboot.machine;

import dev.firstboot.internal.tool.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A container's first process, as the host sees it. */
record InitProcess(ProcessHandle handle) {

    /** Looks for the process that is number one of a process namespace of its own and has become the machine's init. */
    static Optional<InitProcess> below(ToolProcess process) {
        return process.tool()
                .flatMap(ProcessHandle::descendants)
                .filter(InitProcess::isFirst)
                .findFirst()
                .map(InitProcess::new);
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    void kill() {
        handle.destroyForcibly();
    }

    private static boolean isFirst(ProcessHandle handle) {
        try {
            Path proc = Path.of("/proc", Long.toString(handle.pid()));
            boolean first = Files.readString(proc.resolve("status"))
                    .lines()
                    .anyMatch(line -> line.matches("NSpid:\\s+\\d+\\s+1"));
            return first
                    && !Files.readString(proc.resolve("comm")).startsWith("(sd-")
                    && !Files.readString(proc.resolve("comm")).startsWith("systemd-nspawn");
        } catch (IOException e) {
            return false;
        }
    }
}
