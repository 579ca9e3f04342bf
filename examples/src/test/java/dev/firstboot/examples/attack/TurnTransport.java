package dev.firstboot.examples.attack;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** How messages get to a TURN server: each in a datagram of its own, or one after the other in a connection. */
interface TurnTransport extends AutoCloseable {
    int LIMIT = 10_000;

    void send(byte[] message) throws IOException;

    /** The next message, which must come soon. */
    byte[] receive() throws IOException;

    @Override
    void close() throws IOException;

    /** UDP from an address of this host. */
    static TurnTransport udp(InetSocketAddress from, InetSocketAddress server) throws IOException {
        DatagramSocket socket = new DatagramSocket(from);
        socket.setSoTimeout(LIMIT);
        socket.connect(server);
        return new TurnTransport() {
            @Override
            public void send(byte[] message) throws IOException {
                socket.send(new DatagramPacket(message, message.length));
            }

            @Override
            public byte[] receive() throws IOException {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                return Arrays.copyOf(packet.getData(), packet.getLength());
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    /** TCP from an address of this host. */
    static TurnTransport tcp(InetSocketAddress from, InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.bind(from);
        socket.setSoTimeout(LIMIT);
        socket.connect(server, LIMIT);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return new TurnTransport() {
            @Override
            public void send(byte[] message) throws IOException {
                socket.getOutputStream()
                        .write(Arrays.copyOf(message, message.length + StunMessage.padding(message.length)));
            }

            @Override
            public byte[] receive() throws IOException {
                byte[] start = in.readNBytes(4);
                int length = Short.toUnsignedInt(ByteBuffer.wrap(start).getShort(2));
                // A message of STUN has sixteen more bytes in its header; data of a channel are padded.
                byte[] rest = in.readNBytes(start[0] < 0x40 ? 16 + length : length + StunMessage.padding(length));
                return ByteBuffer.allocate(4 + rest.length).put(start).put(rest).array();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
