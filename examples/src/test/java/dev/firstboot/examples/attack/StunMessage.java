package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A message of STUN (RFC 8489) and TURN (RFC 8656), as far as a client of a relay needs it. Not thread-safe. */
final class StunMessage {
    static final int ALLOCATE = 0x003;
    static final int CREATE_PERMISSION = 0x008;
    static final int CHANNEL_BIND = 0x009;
    static final int SEND_INDICATION = 0x016;
    static final int DATA_INDICATION = 0x017;

    static final int USERNAME = 0x0006;
    static final int CHANNEL_NUMBER = 0x000C;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    static final int REQUESTED_TRANSPORT = 0x0019;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int ERROR_CODE = 0x0009;

    private static final int HEADER = 20;
    private static final int COOKIE = 0x2112A442;
    private static final int HMAC_BYTES = 20;
    private static final int ERROR_RESPONSE = 0x0110;

    private final int type;
    private final byte[] transaction;
    private final List<Attribute> attributes = new ArrayList<>();

    private StunMessage(int type, byte[] transaction) {
        this.type = type;
        this.transaction = transaction;
    }

    /** A new request or indication. */
    static StunMessage of(int type) {
        byte[] transaction = new byte[12];
        ThreadLocalRandom.current().nextBytes(transaction);
        return new StunMessage(type, transaction);
    }

    static StunMessage parse(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int type = in.getShort();
        int end = HEADER + Short.toUnsignedInt(in.getShort());
        byte[] transaction = new byte[12];
        in.position(8);
        in.get(transaction);
        StunMessage message = new StunMessage(type, transaction);
        while (in.position() < end) {
            int attribute = Short.toUnsignedInt(in.getShort());
            byte[] value = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(value);
            in.position(in.position() + padding(value.length));
            message.with(attribute, value);
        }
        return message;
    }

    StunMessage with(int attribute, byte... value) {
        attributes.add(new Attribute(attribute, value));
        return this;
    }

    StunMessage with(int attribute, InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        ByteBuffer value = ByteBuffer.allocate(4 + ip.length);
        value.putShort((short) (ip.length == 4 ? 1 : 2))
                .putShort((short) (address.getPort() ^ COOKIE >>> 16))
                .put(masked(ip));
        return with(attribute, value.array());
    }

    /** The message, signed where there is a key. */
    byte[] bytes(byte[] key) {
        if (key.length == 0) {
            return encoded(0);
        }
        byte[] hmac = hmac(key, encoded(4 + HMAC_BYTES));
        return with(MESSAGE_INTEGRITY, hmac).encoded(0);
    }

    private byte[] encoded(int more) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Attribute attribute : attributes) {
            byte[] value = attribute.value;
            body.writeBytes(ByteBuffer.allocate(4)
                    .putShort((short) attribute.type)
                    .putShort((short) value.length)
                    .array());
            body.writeBytes(Arrays.copyOf(value, value.length + padding(value.length)));
        }
        return ByteBuffer.allocate(HEADER + body.size())
                .putShort((short) type)
                .putShort((short) (body.size() + more))
                .putInt(COOKIE)
                .put(transaction)
                .put(body.toByteArray())
                .array();
    }

    /** Whether this one answers that request. */
    boolean answers(StunMessage request) {
        return Arrays.equals(transaction, request.transaction);
    }

    boolean is(int wanted) {
        return type == wanted;
    }

    /** The code of an error (RFC 8489, 14.8), 0 of a success. */
    int error() {
        if ((type & ERROR_RESPONSE) != ERROR_RESPONSE) {
            return 0;
        }
        byte[] code = value(ERROR_CODE);
        return code[2] * 100 + code[3];
    }

    String text(int attribute) {
        return new String(value(attribute), UTF_8);
    }

    byte[] value(int attribute) {
        return attributes.stream()
                .filter(one -> one.type == attribute)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no attribute " + attribute + " in " + this))
                .value;
    }

    InetSocketAddress address(int attribute) {
        ByteBuffer value = ByteBuffer.wrap(value(attribute), 2, value(attribute).length - 2);
        int port = Short.toUnsignedInt((short) (value.getShort() ^ COOKIE >>> 16));
        byte[] ip = new byte[value.remaining()];
        value.get(ip);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(masked(ip)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes after a value, up to the next multiple of four. */
    static int padding(int length) {
        return -length & 3;
    }

    private byte[] masked(byte[] ip) {
        byte[] mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
        byte[] out = ip.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= mask[i];
        }
        return out;
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "STUN message " + Integer.toHexString(type) + (error() == 0 ? "" : " with error " + error());
    }

    private static final class Attribute {
        private final int type;
        private final byte[] value;

        Attribute(int type, byte[] value) {
            this.type = type;
            this.value = value;
        }
    }
}
