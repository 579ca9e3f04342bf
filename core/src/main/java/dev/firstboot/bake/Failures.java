package dev.firstboot.bake;

import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Turns failures inside a step into exceptions that the caller can act on. */
final class Failures {
    private static final String NO_SPACE = "No space left on device";

    private final Path cacheDirectory;

    Failures(Path cacheDirectory) {
        this.cacheDirectory = cacheDirectory;
    }

    /** Returns the exception for a step that works in the cache. */
    BakeException of(String step, Throwable failure) {
        return of(
                step,
                failure,
                cacheDirectory,
                ByteSize.bytes(0),
                "choose another place with Bakery.builder().cacheDirectory(...)");
    }

    /** Returns the exception for a step that writes this much into the target's directory. */
    BakeException ofTarget(String step, Throwable failure, Path directory, ByteSize needed) {
        return of(step, failure, directory, needed, "name another target");
    }

    private static BakeException of(String step, Throwable failure, Path place, ByteSize needed, String elsewhere) {
        if (failure instanceof BakeException told) {
            return told;
        } else if (failure instanceof StepException e) {
            return new BakeException(step, message(e), e.tail(), e.hint(), e);
        } else if (failure instanceof ToolException e) {
            boolean full = e.tail().stream().anyMatch(line -> line.contains(NO_SPACE));
            return new BakeException(
                    step,
                    e.summary(),
                    e.tail(),
                    full ? makeRoom(place, needed, elsewhere) : Objects.requireNonNullElse(e.hint(), ""),
                    e);
        } else if (isReadOnly(failure, place)) {
            return new BakeException(
                    step,
                    message(failure),
                    List.of(),
                    place + " cannot be written to: have it given to this user, or " + elsewhere,
                    failure);
        } else if (isFull(failure)) {
            return new BakeException(step, message(failure), List.of(), makeRoom(place, needed, elsewhere), failure);
        }
        return new BakeException(step, message(failure), List.of(), "", failure);
    }

    /** Returns whether writing below {@code place} is what failed. */
    private static boolean isReadOnly(Throwable failure, Path place) {
        return failure instanceof FileSystemException e
                && e.getFile() != null
                && Path.of(e.getFile()).startsWith(place)
                && (e instanceof AccessDeniedException || message(e).contains("Read-only file system"));
    }

    /** Returns whether a full disk is the cause, at any depth. */
    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && message(cause).contains(NO_SPACE)) {
                return true;
            }
        }
        return false;
    }

    private static String makeRoom(Path place, ByteSize needed, String elsewhere) {
        String free;
        try {
            FileStore store = Files.getFileStore(place);
            free = ByteSize.bytes(store.getUsableSpace()).toString();
        } catch (IOException e) {
            free = "an unknown amount";
        }
        return "the disk is full: " + free + " is free in " + place
                + (needed.bytes() == 0 ? "" : ", and " + needed + " is needed") + "; make room there, or " + elsewhere;
    }

    /** Returns the failure's own message; for a file, what is wrong with it. */
    static String message(Throwable failure) {
        String text = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return failure instanceof FileSystemException e && e.getReason() == null
                ? e.getClass().getSimpleName() + ": " + text
                : text;
    }
}
