package dev.firstboot.artifact;

import dev.firstboot.machine.Machine;
import dev.firstboot.machine.container.RootfsBoot;
import java.nio.file.Path;

/**
 * A tar archive of a whole file system, to run as a container.
 *
 * @param path the file
 * @param manifest what is in it
 */
public record RootfsArchive(Path path, Manifest manifest) {
    /**
     * Boots a copy of the archive in a systemd-nspawn container; {@link RootfsBoot} describes what a user other than root needs.
     *
     * @throws dev.firstboot.machine.MachineException if it does not start; nothing is left behind
     */
    public Machine boot() {
        return bootBuilder().name(manifest.image()).start();
    }

    /** Returns the settings of {@link #boot()}, to change before booting: a network shared with other machines, credentials, a directory. */
    public RootfsBoot.Builder bootBuilder() {
        return RootfsBoot.builder(path);
    }
}
