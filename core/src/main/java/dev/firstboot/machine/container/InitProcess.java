package dev.firstboot.machine.container;

import dev.firstboot.internal.tool.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A container's first process, as seen from the host. */
record InitProcess(ProcessHandle handle) {

    /**
     * Finds the process that is number one of its own pid namespace and has become the machine's init. For an ordinary user it is one level deeper,
     * because systemd-nspawn runs in a namespace too: {@code users-machine.pl}.
     */
    static Optional<InitProcess> below(ToolProcess process, Realm realm) {
        String numbers = realm.isHost() ? "NSpid:\\s+\\d+\\s+1" : "NSpid:\\s+\\d+\\s+\\d+\\s+1";
        return process.tool()
                .flatMap(ProcessHandle::descendants)
                .filter(handle -> isFirst(handle, numbers))
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

    private static boolean isFirst(ProcessHandle handle, String numbers) {
        try {
            Path proc = Path.of("/proc", Long.toString(handle.pid()));
            boolean first = Files.readString(proc.resolve("status")).lines().anyMatch(line -> line.matches(numbers));
            return first
                    && !Files.readString(proc.resolve("comm")).startsWith("(sd-")
                    && !Files.readString(proc.resolve("comm")).startsWith("systemd-nspawn");
        } catch (IOException e) {
            return false;
        }
    }
}
