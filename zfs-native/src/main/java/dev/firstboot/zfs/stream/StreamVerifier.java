package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.stream.StreamReport.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a stored send stream is complete, by reading it once; needs no ZFS. For an incomplete stream it reports how far it is verified and how to
 * resume it. Stateless and thread-safe.
 *
 * <p>To stop early, close the {@link InputStream}, or interrupt the thread if it reads from a channel: {@link IOException} is thrown.
 */
public final class StreamVerifier {
    private final SendStreamReader reader;
    private final List<StreamProgress> streams = new ArrayList<>();

    private StreamVerifier(SendStreamReader reader) {
        this.reader = reader;
    }

    /**
     * Verifies a file.
     *
     * @return the report, also for a damaged stream
     * @throws IOException if the file cannot be read
     */
    public static StreamReport verify(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return verify(in);
        }
    }

    /**
     * Verifies everything that {@code in} has, and leaves it open.
     *
     * @return the report, also for a damaged stream
     * @throws IOException if reading fails
     */
    @SuppressWarnings("resource") // the stream is the caller's
    public static StreamReport verify(InputStream in) throws IOException {
        return new StreamVerifier(new SendStreamReader(in)).report();
    }

    private StreamReport report() throws IOException {
        try {
            Optional<SendRecord> record = reader.next();
            while (record.isPresent()) {
                add(record.get());
                record = reader.next();
            }
            return report(Verdict.INTACT, reader.consumed(), null);
        } catch (TruncatedStreamException e) {
            return report(Verdict.TRUNCATED, e.position(), e);
        } catch (UnsupportedStreamException e) {
            return report(Verdict.UNSUPPORTED, reader.consumed(), e);
        } catch (StreamException e) {
            return report(Verdict.DAMAGED, reader.consumed(), e);
        }
    }

    private void add(SendRecord record) {
        long position = reader.position();
        if (record instanceof SendRecord.Begin begin) {
            streams.add(new StreamProgress(begin, position));
            return;
        }
        StreamProgress last = streams.get(streams.size() - 1);
        if (last.isComplete()) {
            return; // the end of a package
        }
        if (reader.verified() >= position) {
            last.confirm();
        }
        last.add(record, position);
    }

    private StreamReport report(Verdict verdict, long length, @Nullable StreamException problem) {
        return new StreamReport(
                verdict,
                length,
                reader.verified(),
                streams.stream().map(StreamProgress::contained).toList(),
                Optional.ofNullable(problem),
                streams.isEmpty()
                        ? Optional.empty()
                        : streams.get(streams.size() - 1).resume());
    }
}
