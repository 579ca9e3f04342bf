package dev.firstboot.artifact;

import dev.firstboot.machine.Machine;
import dev.firstboot.machine.container.RootfsBoot;
import java.nio.file.Path;

/**
 * A tar archive of a whole file system, to be run as a container.
 *
 * @param path where it is
 * @param manifest what is in it
 */
public record RootfsArchive(Path path, Manifest manifest) {
    /**
     * Boots a copy of the archive in a systemd-nspawn container; {@link RootfsBoot} tells what a user other than root needs.
     *
     * @throws dev.firstboot.machine.MachineException if it does not start; nothing is left of it then
     */
    public Machine boot() {
        return bootBuilder().name(manifest.image()).start();
    }

    /** How {@link #boot()} boots it, to be changed first: a network to share with other machines, credentials, a directory. */
    public RootfsBoot.Builder bootBuilder() {
        return RootfsBoot.builder(path);
    }
}
