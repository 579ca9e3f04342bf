package dev.firstboot.artifact;

import dev.firstboot.machine.Machine;
import dev.firstboot.machine.qemu.DiskBoot;
import java.nio.file.Path;

/**
 * A bootable disk.
 *
 * @param path the file
 * @param manifest what is in it
 */
public record DiskImage(Path path, Manifest manifest) {
    private static final String GUEST_AGENT = "qemu-guest-agent";

    /**
     * Boots the disk in QEMU, with the image's open TCP ports forwarded. The machine writes to an overlay; the disk is not changed.
     *
     * @throws dev.firstboot.machine.MachineException if it does not start; nothing is left behind
     */
    public Machine boot() {
        return bootBuilder().name(manifest.image()).start();
    }

    /** Returns the settings of {@link #boot()}, to change before booting: memory, credentials, a larger disk, writing to the disk itself. */
    public DiskBoot.Builder bootBuilder() {
        DiskBoot.Builder boot = DiskBoot.builder(path);
        manifest.tcpPorts().forEach(boot::addPort);
        if (!manifest.packages().containsKey(GUEST_AGENT)) {
            boot.withoutGuestAgent();
        }
        return boot;
    }
}
