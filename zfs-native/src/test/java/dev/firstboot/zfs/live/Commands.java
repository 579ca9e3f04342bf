package dev.firstboot.zfs.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** The programs that come with ZFS: for what no library does, and to compare with. */
public final class Commands {
    private Commands() {}

    /** Runs one and returns what it prints; fails if it does. */
    public static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                String said = new String(process.getInputStream().readAllBytes(), UTF_8);
                int code = process.waitFor();
                if (code != 0) {
                    throw new AssertionError(List.of(command) + " ended with " + code + ": " + said);
                }
                return said;
            } finally {
                process.destroy(); // closes its pipes, which else happens some time after its end
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
