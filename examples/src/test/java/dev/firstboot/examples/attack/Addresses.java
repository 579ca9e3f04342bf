package dev.firstboot.examples.attack;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as they are written. Java makes IPv4 of {@code ::ffff:127.0.0.1}; here it stays what an attacker sends. */
final class Addresses {
    private Addresses() {}

    static InetAddress of(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            if (address instanceof Inet4Address && literal.contains(":")) {
                byte[] mapped = ByteBuffer.allocate(16)
                        .putInt(8, 0xFFFF)
                        .putInt(12, ByteBuffer.wrap(address.getAddress()).getInt())
                        .array();
                return Inet6Address.getByAddress(literal, mapped, -1);
            }
            return address;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
