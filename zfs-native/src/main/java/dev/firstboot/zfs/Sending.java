package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.SendCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** Starts transfers that send. */
final class Sending {
    private final Zfs zfs;
    private final String what;
    private final SendOptions options;

    Sending(Zfs zfs, String what, SendOptions options) {
        this.zfs = zfs;
        this.what = what;
        this.options = options;
    }

    /** Sends into a new file with mode 0600. If the transfer fails, the file keeps what was written; a file without a byte is deleted. */
    Transfer to(Path file) {
        zfs.check();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(file + " exists already: send into a new file", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be created: " + e.getMessage(), e);
        }
        try {
            return toNew(file);
        } catch (RuntimeException e) {
            // Nothing has started that could have written to it.
            delete(file);
            throw e;
        }
    }

    private Transfer toNew(Path file) {
        OpenFile open = OpenFile.toWrite(file.toString());
        try {
            return start(pump -> pump.toFile(open), transfer -> {
                open.close();
                if (transfer.bytes() == 0) {
                    delete(file);
                }
            });
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is empty and cannot be deleted", e);
        }
    }

    Transfer to(WritableByteChannel channel) {
        zfs.check();
        Pump.requireBlocking(channel);
        return start(pump -> pump.toChannel(channel), transfer -> {});
    }

    Transfer to(Descriptor descriptor) {
        zfs.check();
        return start(pump -> pump.toDescriptor(descriptor), transfer -> {});
    }

    private Transfer start(Consumer<Pump> move, Consumer<Transfer> last) {
        Transfer transfer = new Transfer(options.bytesPerSecond());
        Pipe pipe = transfer.pipe();
        SendCalls.Spec spec = options.spec(what);
        return transfer.start(
                what,
                () -> SendCalls.send(spec, pipe.writeEnd()),
                pipe::closeWriteEnd,
                () -> move.accept(new Pump(transfer)),
                () -> {
                    pipe.closeReadEnd();
                    last.accept(transfer);
                });
    }
}
