package dev.firstboot.machine.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Lines of JSON over a Unix socket, the protocol of QEMU and its guest agent, with a time limit on every wait. Not thread-safe. */
final class JsonSocket implements AutoCloseable {
    private static final int LONGEST = 64 << 20;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).flip();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private JsonSocket(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    static JsonSocket connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new JsonSocket(channel, Selector.open());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Writes these bytes unchanged. */
    void write(byte[] bytes, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE, end);
            }
        }
    }

    /** Writes a line. */
    void writeLine(String json, Duration limit) throws IOException {
        write((json + "\n").getBytes(UTF_8), limit);
    }

    /** Reads the next line that is an object; skips others. */
    JsonObject read(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        Optional<JsonObject> object = Optional.empty();
        while (object.isEmpty()) {
            requireTime(end);
            object = parse(readLine(end));
        }
        return object.get();
    }

    private static Optional<JsonObject> parse(String text) {
        try {
            return Optional.of(JsonObject.parse(text));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private String readLine(long end) throws IOException {
        while (true) {
            while (buffer.hasRemaining()) {
                byte value = buffer.get();
                if (value == '\n') {
                    String text = line.toString(UTF_8);
                    line.reset();
                    return text;
                }
                // The guest agent marks the start of an answer after a reset with a byte that no UTF-8 text contains.
                if (value == (byte) 0xff || line.size() > LONGEST) {
                    line.reset();
                } else {
                    line.write(value);
                }
            }
            buffer.clear();
            int length = channel.read(buffer);
            buffer.flip();
            if (length < 0) {
                throw new IOException("the other end has closed the connection");
            }
            if (length == 0) {
                await(SelectionKey.OP_READ, end);
            } else {
                requireTime(end);
            }
        }
    }

    /** Checks the time limit, also against a peer that never stops sending. */
    private static void requireTime(long end) throws IOException {
        if (System.nanoTime() - end > 0) {
            throw new SocketTimeoutException("no answer");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }

    private void await(int operation, long end) throws IOException {
        requireTime(end);
        long millis = Math.max(1, (end - System.nanoTime()) / 1_000_000);
        key.interestOps(operation);
        selector.select(millis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
