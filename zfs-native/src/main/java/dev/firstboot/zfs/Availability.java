package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.LibZfsCore;
import dev.firstboot.zfs.internal.ffi.Library;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether ZFS can be used: opens the control device and loads the library. */
final class Availability {
    private static final Logger log = LoggerFactory.getLogger(Availability.class);

    private final Path device;

    Availability(Path device) {
        this.device = device;
    }

    /** Returns the first thing that is missing, as a sentence; empty if ZFS can be used. */
    Optional<String> cause() {
        Optional<String> cause = deviceCause().or(Availability::libraryCause);
        cause.ifPresent(text -> log.debug("ZFS is not available: {}", text));
        return cause;
    }

    private Optional<String> deviceCause() {
        try (FileChannel opened = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return opened.isOpen() ? Optional.empty() : Optional.of(device + " closed at once");
        } catch (NoSuchFileException e) {
            return Optional.of(device
                    + " does not exist: the zfs kernel module is not loaded. Try `modprobe zfs` as root; on Debian"
                    + " the module comes with the packages zfs-dkms and zfsutils-linux (contrib)");
        } catch (AccessDeniedException e) {
            return Optional.of(device + " may not be opened by this user: run as root, or grant access to it");
        } catch (IOException e) {
            return Optional.of(device + " cannot be opened: " + e.getMessage());
        }
    }

    private static Optional<String> libraryCause() {
        try {
            Library.load();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(LibZfsCore.SONAME + " cannot be loaded: " + e.getMessage()
                    + ". On Debian it is in the package libzfs4linux");
        }
    }
}
