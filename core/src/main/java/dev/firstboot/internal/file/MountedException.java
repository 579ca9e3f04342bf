package dev.firstboot.internal.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Thrown when a tree was not deleted, or not completely, because something is mounted in it. The message names it and what to do. */
public final class MountedException extends FileSystemException {
    private static final long serialVersionUID = 1;

    MountedException(Path tree, String reason) {
        super(tree.toString(), null, reason);
    }
}
