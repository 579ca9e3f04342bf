package dev.firstboot.machine;

import java.nio.file.Path;

/**
 * A machine that outlives the JVM that booted it.
 *
 * @param name its name
 * @param pid the process that supervises it: on SIGTERM it shuts the machine down and cleans up
 * @param console the file that its console is written to
 */
public record DetachedMachine(String name, long pid, Path console) {

    /** Returns the shell command that shuts it down. */
    public String stopCommand() {
        return "kill " + pid;
    }

    @Override
    public String toString() {
        return "machine " + name + " runs on; its console is " + console + "; stop it with: " + stopCommand();
    }
}
