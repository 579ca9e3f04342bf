package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of a TURN server (RFC 8656) with the credentials that an XMPP server gave it; it asks for whatever it likes. Not thread-safe. */
final class TurnClient implements AutoCloseable {
    static final int FAMILY_IPV4 = 1;
    static final int FAMILY_IPV6 = 2;
    private static final byte UDP = 17;

    private final TurnTransport transport;
    private final String user;
    private final String password;
    private String realm = "";
    private String nonce = "";
    private byte[] key = {};
    private InetSocketAddress relayed = new InetSocketAddress(0);

    private TurnClient(TurnTransport transport, String user, String password) {
        this.transport = transport;
        this.user = user;
        this.password = password;
    }

    /** Connects by {@code udp} or {@code tcp} with the credentials that the server hands to an account (XEP-0215). */
    static TurnClient open(ChatMachine chat, Credentials account, String transport, InetAddress from)
            throws IOException {
        String services;
        try (RawStream stream = RawStream.login(chat.server(), account)) {
            services = stream.ask("get", ChatMachine.DOMAIN, "<services xmlns='urn:xmpp:extdisco:2'/>");
        }
        String service =
                first("<service (?=[^>]*type='turn')(?=[^>]*transport='" + transport + "')([^>]*)/>", services);
        InetSocketAddress client = new InetSocketAddress(from, 0);
        InetSocketAddress server = chat.server().endpoint(3478);
        return new TurnClient(
                transport.equals("udp") ? TurnTransport.udp(client, server) : TurnTransport.tcp(client, server),
                first("username='([^']*)'", service),
                first("password='([^']*)'", service));
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** Asks for a relay of this family; 0, or the error. The first try is without credentials, as the protocol wants it (RFC 8489, 9.2). */
    int allocate(int family) throws IOException {
        StunMessage challenge = ask(allocation(family));
        if (challenge.error() != 401) {
            throw new AssertionError("a client without credentials gets " + challenge);
        }
        realm = challenge.text(StunMessage.REALM);
        nonce = challenge.text(StunMessage.NONCE);
        key = md5(user + ":" + realm + ":" + password);
        StunMessage answer = ask(allocation(family));
        if (answer.error() == 0) {
            relayed = answer.address(StunMessage.XOR_RELAYED_ADDRESS);
        }
        return answer.error();
    }

    private static StunMessage allocation(int family) {
        return StunMessage.of(StunMessage.ALLOCATE)
                .with(StunMessage.REQUESTED_TRANSPORT, UDP, (byte) 0, (byte) 0, (byte) 0)
                .with(StunMessage.REQUESTED_ADDRESS_FAMILY, (byte) family, (byte) 0, (byte) 0, (byte) 0);
    }

    /** Where peers reach this client. */
    InetSocketAddress relayed() {
        return relayed;
    }

    /** Asks that these may be spoken with; 0, or the error. */
    int permit(InetAddress... peers) throws IOException {
        StunMessage request = StunMessage.of(StunMessage.CREATE_PERMISSION);
        for (InetAddress peer : peers) {
            request.with(StunMessage.XOR_PEER_ADDRESS, new InetSocketAddress(peer, 0));
        }
        return ask(request).error();
    }

    /** Asks for a channel to a peer; 0, or the error. */
    int bind(int channel, InetSocketAddress peer) throws IOException {
        return ask(StunMessage.of(StunMessage.CHANNEL_BIND)
                        .with(
                                StunMessage.CHANNEL_NUMBER,
                                ByteBuffer.allocate(4).putShort((short) channel).array())
                        .with(StunMessage.XOR_PEER_ADDRESS, peer))
                .error();
    }

    /** Sends to a peer, permitted or not; there is no answer. */
    void send(InetSocketAddress peer, String data) throws IOException {
        transport.send(StunMessage.of(StunMessage.SEND_INDICATION)
                .with(StunMessage.XOR_PEER_ADDRESS, peer)
                .with(StunMessage.DATA, data.getBytes(UTF_8))
                .bytes(new byte[0]));
    }

    /** Sends through a channel. */
    void send(int channel, String data) throws IOException {
        byte[] bytes = data.getBytes(UTF_8);
        transport.send(ByteBuffer.allocate(4 + bytes.length)
                .putShort((short) channel)
                .putShort((short) bytes.length)
                .put(bytes)
                .array());
    }

    /** What comes next from a peer: its address, or the channel, and the data. */
    String receive() throws IOException {
        byte[] bytes = transport.receive();
        if (bytes[0] >= 0x40) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return "channel " + Integer.toHexString(in.getShort()) + ": "
                    + new String(bytes, 4, Short.toUnsignedInt(in.getShort()), UTF_8);
        }
        StunMessage message = StunMessage.parse(bytes);
        if (!message.is(StunMessage.DATA_INDICATION)) {
            throw new AssertionError("not from a peer: " + message);
        }
        return message.address(StunMessage.XOR_PEER_ADDRESS).getAddress().getHostAddress() + ": "
                + message.text(StunMessage.DATA);
    }

    private StunMessage ask(StunMessage request) throws IOException {
        if (key.length > 0) {
            request.with(StunMessage.USERNAME, user.getBytes(UTF_8))
                    .with(StunMessage.REALM, realm.getBytes(UTF_8))
                    .with(StunMessage.NONCE, nonce.getBytes(UTF_8));
        }
        transport.send(request.bytes(key));
        StunMessage answer = StunMessage.parse(transport.receive());
        if (!answer.answers(request)) {
            throw new AssertionError("not an answer to " + request + ": " + answer);
        }
        return answer;
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
