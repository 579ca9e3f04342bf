package dev.firstboot.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operations on whole trees and single files that {@link Files} lacks. */
public final class Trees {
    private static final Pattern FILE_KEY = Pattern.compile("\\(dev=([0-9a-f]+),ino=\\d+\\)");

    private Trees() {}

    /**
     * Deletes {@code path} and everything below it, if it exists. Follows no symbolic link and crosses no mount point: every directory is opened
     * relative to the one above it (openat(2) with {@code O_NOFOLLOW}) and must be on the same device. Each level takes one file descriptor.
     *
     * @throws MountedException if anything is mounted at or below {@code path}; nothing is deleted then
     */
    public static void delete(Path path) throws IOException {
        Path parent = Objects.requireNonNull(path.toAbsolutePath().normalize().getParent(), "/ is not deleted");
        Path name = path.getFileName();
        try {
            Path real = parent.toRealPath();
            Mounts.refuse(real.resolve(name));
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(real)) {
                SecureDirectoryStream<Path> directory = secure(stream, real);
                delete(directory, name, real.resolve(name), device(directory, real));
            }
        } catch (NoSuchFileException alreadyGone) {
            // It is gone, as requested.
        }
    }

    private static void delete(SecureDirectoryStream<Path> parent, Path name, Path shown, String device)
            throws IOException {
        try {
            if (!parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory()) {
                parent.deleteFile(name);
                return;
            }
            try (DirectoryStream<Path> stream = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                SecureDirectoryStream<Path> directory = secure(stream, shown);
                if (!device(directory, shown).equals(device)) {
                    throw new MountedException(shown, "is another file system, which is left as it is");
                }
                for (Path child : names(directory)) {
                    delete(directory, child, shown.resolve(child), device);
                }
            }
            parent.deleteDirectory(name);
        } catch (NoSuchFileException alreadyGone) {
            // Somebody else deleted it first.
        } catch (AccessDeniedException e) {
            throw absolute(e, shown) ? e : new AccessDeniedException(shown.toString());
        }
    }

    /** Returns whether the exception names an absolute path: operations relative to a directory fail with a relative name. */
    private static boolean absolute(FileSystemException e, Path shown) {
        return e.getFile() != null && e.getFile().startsWith(shown.toString());
    }

    /** Reads all names at once, because what a directory returns while it changes depends on the file system. */
    private static List<Path> names(SecureDirectoryStream<Path> directory) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            directory.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream, Path shown) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IOException(shown + " is on a file system of a kind in which trees cannot be deleted safely");
    }

    /** Returns the device (st_dev) of an open directory. Java exposes it only in the text of the file key. */
    private static String device(SecureDirectoryStream<Path> directory, Path shown) throws IOException {
        BasicFileAttributes attributes =
                directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
        Matcher key = FILE_KEY.matcher(String.valueOf(attributes.fileKey()));
        if (!key.matches()) {
            throw new IOException("cannot tell the device of " + shown + " from " + attributes.fileKey());
        }
        return key.group(1);
    }

    /** Syncs a file or directory, so that what was written survives a power cut. */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
