package dev.firstboot.internal.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A tree was not deleted, or not to its end, because something is mounted in it. The message names it and the way out. */
public final class MountedException extends FileSystemException {
    private static final long serialVersionUID = 1;

    MountedException(Path tree, String reason) {
        super(tree.toString(), null, reason);
    }
}
