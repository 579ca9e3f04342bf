package dev.firstboot.machine.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.machine.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine's console log, watched for its readiness line. Thread-safe. */
final class Console {
    private static final int LONGEST_LINE = 64 * 1024;
    /** How much is read at a time. */
    private static final int AT_ONCE = 1 << 20;

    private final Path file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private @Nullable Readiness readiness;
    private boolean panicked;

    Console(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Forgets what was written so far, because the machine is about to boot. */
    synchronized void rewind() {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            position = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.reset();
        readiness = null;
        panicked = false;
    }

    /** Reads new output; returns the readiness line of this boot, once it was written. */
    synchronized Optional<Readiness> readiness() {
        if (readiness == null) {
            readMore();
        }
        return Optional.ofNullable(readiness);
    }

    /** Returns whether this boot ended in a kernel panic, as far as the log was read. */
    synchronized boolean panicked() {
        return panicked;
    }

    /** Returns how much has been read so far, in bytes. */
    synchronized long position() {
        return position;
    }

    /** Takes the readiness report from elsewhere. */
    synchronized void ready(Readiness word) {
        readiness = word;
    }

    List<String> tail(int lines) {
        return FileTail.lines(file, lines).stream().map(Ansi::strip).toList();
    }

    private void readMore() {
        byte[] buffer = new byte[64 * 1024];
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            access.seek(position);
            int length;
            // A machine may write faster than this reads, and the caller has to check the time in between.
            for (int left = AT_ONCE;
                    readiness == null && left > 0 && (length = access.read(buffer)) > 0;
                    left -= length) {
                position += length;
                take(buffer, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n' || line.size() >= LONGEST_LINE) {
                look();
            } else {
                line.write(bytes[at]);
            }
        }
        // The readiness line may be the last output, without a line break.
        if (line.size() > 0 && bytes[length - 1] == '}') {
            ReadinessLine.find(line.toString(UTF_8)).ifPresent(word -> readiness = word);
        }
    }

    private void look() {
        String text = line.toString(UTF_8);
        Optional<Readiness> word = ReadinessLine.find(text);
        panicked |= text.contains("Kernel panic - not syncing");
        line.reset();
        if (word.isPresent() && readiness == null) {
            readiness = word.get();
        }
    }
}
