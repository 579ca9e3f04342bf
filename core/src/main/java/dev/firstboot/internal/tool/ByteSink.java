package dev.firstboot.internal.tool;

import java.io.IOException;
import java.io.OutputStream;

/** Receives the bytes that a pump reads. */
interface ByteSink {

    void write(byte[] bytes, int length) throws IOException;

    /** Called when the source has ended. */
    void end() throws IOException;

    /** Returns a sink that writes to a stream, which stays open. */
    static ByteSink stream(OutputStream stream) {
        return new ByteSink() {
            @Override
            public void write(byte[] bytes, int length) throws IOException {
                stream.write(bytes, 0, length);
            }

            @Override
            public void end() throws IOException {
                stream.flush();
            }
        };
    }
}
