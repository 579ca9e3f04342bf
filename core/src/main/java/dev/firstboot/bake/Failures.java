package dev.firstboot.bake;

import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Turns what went wrong inside a step into what its caller can act on. */
final class Failures {
    private static final String NO_SPACE = "No space left on device";

    private final Path cacheDirectory;

    Failures(Path cacheDirectory) {
        this.cacheDirectory = cacheDirectory;
    }

    BakeException of(String step, Throwable failure) {
        if (failure instanceof BakeException told) {
            return told;
        } else if (failure instanceof StepException e) {
            return new BakeException(step, message(e), e.tail(), e.hint(), e);
        } else if (failure instanceof ToolException e) {
            boolean full = e.tail().stream().anyMatch(line -> line.contains(NO_SPACE));
            return new BakeException(
                    step, e.summary(), e.tail(), full ? makeRoom() : Objects.requireNonNullElse(e.hint(), ""), e);
        } else if (isFull(failure)) {
            return new BakeException(step, message(failure), List.of(), makeRoom(), failure);
        }
        return new BakeException(step, message(failure), List.of(), "", failure);
    }

    /** Whether the disk is full, however deep below. */
    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && message(cause).contains(NO_SPACE)) {
                return true;
            }
        }
        return false;
    }

    private String makeRoom() {
        String free;
        try {
            FileStore store = Files.getFileStore(cacheDirectory);
            free = ByteSize.bytes(store.getUsableSpace()).toString();
        } catch (IOException e) {
            free = "an unknown amount";
        }
        return "the disk is full: " + free + " is free in " + cacheDirectory
                + "; make room there, or choose another place with Bakery.builder().cacheDirectory(...)";
    }

    /** What a failure says of itself; for a file, what is wrong with it. */
    static String message(Throwable failure) {
        String text = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return failure instanceof FileSystemException e && e.getReason() == null
                ? e.getClass().getSimpleName() + ": " + text
                : text;
    }
}
