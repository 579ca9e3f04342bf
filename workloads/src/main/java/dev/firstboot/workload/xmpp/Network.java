package dev.firstboot.workload.xmpp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of IPv4 or IPv6 addresses in CIDR notation (RFC 4632), such as {@code 10.0.0.0/8}; a single address is a network of one.
 *
 * @param value its text, in the syntax of NGINX
 */
record Network(String value) {
    /** Only digits and separators: a name would be resolved. */
    private static final Pattern CIDR = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    /**
     * Parses a network.
     *
     * @throws IllegalArgumentException for anything else, and for an address that is not the first of its network
     */
    static Network of(String text) {
        Matcher parts = CIDR.matcher(text);
        if (!parts.matches()) {
            throw invalid(text);
        }
        byte[] address = address(parts.group(1), text);
        int bits = address.length * 8;
        int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        if (prefix > bits) {
            throw new IllegalArgumentException("network '" + text + "' has a prefix over " + bits);
        }
        byte[] first = address.clone();
        for (int bit = prefix; bit < bits; bit++) {
            first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        if (!Arrays.equals(first, address)) {
            throw new IllegalArgumentException(
                    "network '" + text + "' does not begin there: use " + text(first) + "/" + prefix);
        }
        return new Network(text);
    }

    private static byte[] address(String literal, String text) {
        boolean six = literal.indexOf(':') >= 0;
        if (!six && literal.chars().filter(c -> c == '.').count() != 3) {
            throw invalid(text);
        }
        try {
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            if (six != (bytes.length == 16)) {
                throw invalid(text);
            }
            return bytes;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(invalid(text).getMessage(), e);
        }
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "network '" + text + "' is not valid: use CIDR notation, such as 10.0.0.0/8 or 2001:db8::/32");
    }

    @Override
    public String toString() {
        return value;
    }
}
