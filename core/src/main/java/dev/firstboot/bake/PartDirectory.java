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
 * A hidden directory beside a target, in which it is written before it is put in place by a rename. Who writes there holds a record lock (fcntl(2)) on a file
 * in it, which ends with the process, however that ends: what a killed bake left there is removed by the next one.
 */
final class PartDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartDirectory.class);
    private static final String PREFIX = ".firstboot-";
    private static final String SUFFIX = ".part";
    private static final String LOCK = "lock";

    /** Those of this process: to close any descriptor of their lock would end it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lock;

    private PartDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Makes one in {@code parent}, after removing those of bakes that are no more. */
    static PartDirectory in(Path parent) throws IOException {
        removeAbandoned(parent);
        String name = PREFIX + UUID.randomUUID() + SUFFIX;
        // Under another name until it is locked: nobody removes it before.
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

    /** Where the file system knows no locks, nobody can take it for abandoned either. */
    private static void hold(FileChannel lock) {
        try {
            lock.lock();
        } catch (IOException e) {
            LOG.debug("no lock: {}", e.toString());
        }
    }

    /** A file in it. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Removes it with what is left in it. */
    @Override
    public void close() throws IOException {
        try {
            // Before its file goes: NFS keeps one that is open, under another name.
            lock.close();
            Trees.delete(directory);
        } finally {
            OWN.remove(directory);
        }
    }

    /** That something cannot be removed is no reason not to bake. */
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
