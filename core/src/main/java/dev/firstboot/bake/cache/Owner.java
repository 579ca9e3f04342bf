package dev.firstboot.bake.cache;

import dev.firstboot.internal.tool.ThisProcess;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks the owner of a directory. Root refuses directories of other users, who could put links there for root to follow. */
final class Owner {
    private Owner() {}

    /**
     * Returns the same directory.
     *
     * @throws FileSystemException if this is root and the directory is not root's
     */
    static Path require(Path directory) throws IOException {
        Object owner = Files.getAttribute(directory, "unix:uid");
        if (ThisProcess.isRoot() && !owner.equals(0)) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "belongs to the user with id " + owner + ", and this is root: bake as that user");
        }
        return directory;
    }
}
