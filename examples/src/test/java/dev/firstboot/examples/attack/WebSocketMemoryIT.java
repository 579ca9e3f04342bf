package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stranger has ejabberd collect what never comes to an end. */
class WebSocketMemoryIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MEBIBYTES = 32;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int SHORT = 5_000;

    @ParameterizedTest
    @EnumSource(Release.class)
    void frame_withoutAnEnd_endsTheConnection(Release release) throws IOException {
        try (Socket stranger = open(CHATS.on(release).server())) {
            begin(stranger.getOutputStream(), 0x81, 1L << 40);
            assertThat(isEnded(stranger, false, MEBIBYTES)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void frames_withoutALast_endTheConnection(Release release) throws IOException {
        try (Socket stranger = open(CHATS.on(release).server())) {
            begin(stranger.getOutputStream(), 0x01, 0);
            assertThat(isEnded(stranger, true, MEBIBYTES)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void frame_ofOneMebibyte_isWaitedFor(Release release) throws IOException {
        try (Socket client = open(CHATS.on(release).server())) {
            begin(client.getOutputStream(), 0x81, 2 * MEBIBYTE);
            client.getOutputStream().write(new byte[MEBIBYTE]);
            client.setSoTimeout(SHORT);
            assertThat(isEnded(client, false, 0)).isFalse();
        }
    }

    /** Whether the server hangs up when so much is sent, before this end loses patience. */
    private static boolean isEnded(Socket socket, boolean frames, int mebibytes) throws IOException {
        byte[] block = new byte[MEBIBYTE];
        try {
            for (int i = 0; i < mebibytes; i++) {
                if (frames) {
                    begin(socket.getOutputStream(), 0x00, block.length);
                }
                socket.getOutputStream().write(block);
            }
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** The head of a frame with a mask that changes nothing: RFC 6455, section 5.2. */
    private static void begin(OutputStream out, int first, long length) throws IOException {
        out.write(ByteBuffer.allocate(14)
                .put((byte) first)
                .put((byte) 0xFF)
                .putLong(length)
                .putInt(0)
                .array());
    }

    private static Socket open(ChatServer server) throws IOException {
        Socket socket = RawTls.askForWebSocket(server, LIMIT);
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("hung up after " + answer);
            }
            answer.append((char) next);
        }
        assertThat(answer).startsWith("HTTP/1.1 101");
        return socket;
    }
}
