package dev.firstboot.zfs.stream;

import java.io.IOException;
import java.io.InputStream;

/** Reads ahead into one buffer, in which most bytes are processed without being copied. */
final class StreamInput {
    static final int BUFFER = 1 << 20;

    private final InputStream in;
    final byte[] buffer;
    private int from;
    private int to;
    private long position;

    StreamInput(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** Returns the position of the next byte in the stream. */
    long position() {
        return position;
    }

    /** Returns the position of the next byte in the buffer. */
    int offset() {
        return from;
    }

    /** Returns how many bytes are in the buffer. */
    int available() {
        return to - from;
    }

    /** Reads until this many bytes are in the buffer, in one piece. Returns false if the stream ends before that. */
    boolean require(int bytes) throws IOException {
        if (bytes > buffer.length - from) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        while (available() < bytes) {
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return false;
            }
            to += read;
        }
        return true;
    }

    void consume(int bytes) {
        from += bytes;
        position += bytes;
        if (from == to) {
            from = 0;
            to = 0;
        }
    }
}
