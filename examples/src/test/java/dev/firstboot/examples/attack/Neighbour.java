package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.examples.chat.ChatMachine;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/**
 * A host of the public internet, as a machine sees it: this host's end of the machine's own cable gets addresses of AS112 (RFC 7534), which belong to
 * nobody and which IANA calls globally reachable. Nothing of that leaves the cable. Not thread-safe.
 */
final class Neighbour implements AutoCloseable {
    static final InetAddress CLIENT = Addresses.of("192.31.196.4");
    static final InetAddress PEER = Addresses.of("192.31.196.5");
    static final InetAddress PEER6 = Addresses.of("2620:4f:8000::5");
    /** The machine's own. */
    static final InetAddress MACHINE6 = Addresses.of("2620:4f:8000::2");

    private final ChatMachine chat;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final String link;
    private final String gateway;

    private Neighbour(ChatMachine chat) throws IOException {
        this.chat = chat;
        String machine = chat.server().endpoint(443).getAddress().getHostAddress();
        gateway = machine.substring(0, machine.lastIndexOf('.') + 1) + "1";
        link = NetworkInterface.getByInetAddress(Addresses.of(gateway)).getName();
    }

    static Neighbour of(ChatMachine chat) throws IOException {
        Neighbour neighbour = new Neighbour(chat);
        for (InetAddress address : List.of(CLIENT, PEER)) {
            neighbour.host("address", "add", address.getHostAddress() + "/32", "dev", neighbour.link);
        }
        neighbour.host("address", "add", PEER6.getHostAddress() + "/64", "dev", neighbour.link, "nodad");
        chat.shell("sysctl -q net.ipv6.conf.host0.disable_ipv6=0; ip address add " + MACHINE6.getHostAddress()
                + "/64 dev host0 nodad; ip route add 192.31.196.0/24 via " + neighbour.gateway + " dev host0");
        return neighbour;
    }

    /** This host's address on the machine's network, which is a private one. */
    String gateway() {
        return gateway;
    }

    /** A UDP service at this address, whose packets wait to be looked at. */
    DatagramSocket listen(InetAddress address) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
        socket.setSoTimeout(TurnTransport.LIMIT);
        sockets.add(socket);
        return socket;
    }

    /** The text of the next packet, which is answered with another one. */
    static String exchange(DatagramSocket socket, InetSocketAddress from, String answer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        if (!packet.getSocketAddress().equals(from)) {
            throw new AssertionError("a packet from " + packet.getSocketAddress() + ", not from " + from);
        }
        String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
        socket.send(new DatagramPacket(answer.getBytes(UTF_8), answer.length(), packet.getSocketAddress()));
        return text;
    }

    private void host(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        sockets.forEach(DatagramSocket::close);
        chat.shell("ip route del 192.31.196.0/24 dev host0; ip address del " + MACHINE6.getHostAddress()
                + "/64 dev host0");
        for (InetAddress address : List.of(CLIENT, PEER)) {
            host("address", "del", address.getHostAddress() + "/32", "dev", link);
        }
        host("address", "del", PEER6.getHostAddress() + "/64", "dev", link);
    }
}
