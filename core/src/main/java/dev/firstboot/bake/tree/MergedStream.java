package dev.firstboot.bake.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Some entries of one archive, then all of another, as one archive. Not thread-safe. */
final class MergedStream extends InputStream {
    private final Predicate<TarEntry> stays;
    private final Path second;
    private final long firstLength;
    private final LongConsumer progress;
    private TarReader reader;
    private boolean inSecond;
    private @Nullable InputStream current;
    private boolean ended;

    MergedStream(Path first, Predicate<TarEntry> stays, Path second, long firstLength, LongConsumer progress) {
        this.stays = stays;
        this.second = second;
        this.firstLength = firstLength;
        this.progress = progress;
        this.reader = TarReader.open(first);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int count = current == null ? -1 : current.read(into, offset, length);
            if (count >= 0) {
                return count;
            }
            if (ended) {
                return -1;
            }
            current = next();
        }
    }

    private InputStream next() {
        while (true) {
            TarEntry entry = reader.next();
            progress.accept((inSecond ? firstLength : 0) + reader.position());
            if (entry != null && (inSecond || stays.test(entry))) {
                return reader.raw();
            }
            if (entry == null && inSecond) {
                ended = true;
                return new ByteArrayInputStream(new byte[2 * TarHeader.BLOCK]);
            }
            if (entry == null) {
                reader.close();
                reader = TarReader.open(second);
                inSecond = true;
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
