package dev.firstboot.bake;

import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.ThisProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hidden directory next to a target, in which the target is written before a rename puts it in place. The writer holds a record lock (fcntl(2)) on
 * a file in it, which ends with the process, however that ends: the next bake removes what a killed bake left there.
 */
final class PartDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartDirectory.class);
    private static final String PREFIX = ".firstboot-";
    private static final String SUFFIX = ".part";
    private static final String LOCK = "lock";

    /** The directories of this process: closing any descriptor of their lock file would release the lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lock;

    private PartDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Creates one in {@code parent}, after removing those of dead bakes. */
    static PartDirectory in(Path parent) throws IOException {
        removeAbandoned(parent);
        String name = PREFIX + UUID.randomUUID() + SUFFIX;
        // Under another name until it is locked: until then nobody removes it.
        Path begun = Files.createDirectory(
                parent.resolve(name + ".new"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel lock =
                FileChannel.open(begun.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Path directory = parent.resolve(name);
        OWN.add(directory);
        try {
            hold(lock);
            return new PartDirectory(Files.move(begun, directory), lock);
        } catch (IOException | RuntimeException e) {
            OWN.remove(directory);
            lock.close();
            Trees.delete(begun);
            throw e;
        }
    }

    /** Takes the lock. If the file system does not support locks, nobody can consider the directory abandoned either. */
    private static void hold(FileChannel lock) {
        try {
            lock.lock();
        } catch (IOException e) {
            LOG.debug("no lock: {}", e.toString());
        }
    }

    /** Returns a file in this directory. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Removes the directory with everything left in it. */
    @Override
    public void close() throws IOException {
        try {
            // Before its file is deleted: NFS keeps an open file under another name.
            lock.close();
            Trees.delete(directory);
        } finally {
            OWN.remove(directory);
        }
    }

    /** Removes abandoned directories. A failure to remove one does not stop the bake. */
    private static void removeAbandoned(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "?".repeat(36) + SUFFIX)) {
            for (Path directory : found) {
                removeIfAbandoned(directory);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("what killed bakes may have left in {} stays: {}", parent, e.toString());
        }
    }

    private static void removeIfAbandoned(Path directory) throws IOException {
        if (OWN.contains(directory)
                || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !ThisProcess.owns(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                Trees.delete(directory);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is going: {}", directory, e.toString());
        }
    }
}
