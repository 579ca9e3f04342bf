package dev.firstboot.internal.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do (capabilities(7)). Being root is not enough: container engines leave root without most of them. */
public enum Privileges {
    /** Networks: interfaces, addresses, rules. */
    NET_ADMIN(12),
    /** Mounts and namespaces, among much else. */
    SYS_ADMIN(21);

    private static final String EFFECTIVE = "CapEff:";

    private final int number;

    Privileges(int number) {
        this.number = number;
    }

    /** Whether this process has it. */
    public boolean isHeld() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(EFFECTIVE))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(EFFECTIVE.length()).strip(), 16))
                    .anyMatch(set -> (set >>> number & 1) == 1);
        } catch (IOException e) {
            return false;
        }
    }

    /** The name that manuals and container engines use, such as {@code CAP_SYS_ADMIN}. */
    @Override
    public String toString() {
        return "CAP_" + name();
    }
}
