package dev.firstboot.machine.qemu;

import dev.firstboot.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The image below a machine's overlay. It must not change while the overlay exists: the overlay on top of another image is a damaged disk.
 *
 * @param image its path
 * @param known attributes that change when it is replaced or written to
 */
record Backing(Path image, Map<String, Object> known) {
    /** Records an image before an overlay is created over it. */
    static Backing of(String machine, Path image) {
        return new Backing(image, look(machine, image));
    }

    /**
     * Checks the image again.
     *
     * @throws MachineException if it is missing or changed
     */
    void requireSame(String machine) {
        if (!known.equals(look(machine, image))) {
            throw new MachineException(
                    machine,
                    "its disk " + image
                            + " was replaced or changed since the machine was made, and what it has written belongs"
                            + " to the disk that was there: close() it and boot the new one");
        }
    }

    private static Map<String, Object> look(String machine, Path image) {
        try {
            return Files.readAttributes(image, "unix:dev,ino,size,lastModifiedTime");
        } catch (IOException e) {
            throw new MachineException(machine, "its disk " + image + " is not there", e);
        }
    }
}
