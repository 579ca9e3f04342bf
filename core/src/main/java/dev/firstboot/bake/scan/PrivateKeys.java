package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * Recognizes private keys in the formats that programs write: PEM (RFC 7468 and the older ones), OpenSSH, OpenPGP, PuTTY, and DER. A PEM header
 * alone, as in every TLS library, is not a key: it needs a body.
 */
final class PrivateKeys {
    /** The header of a key and as much of its body as is needed to recognize it. */
    static final int LONGEST = 2048;

    private static final Needle PEM = new Needle("PRIVATE KEY");
    private static final Needle PUTTY = new Needle("PuTTY-User-Key-File-");
    /** Line breaks may be escaped, as in JSON; older PEM and OpenPGP have header lines before the body. */
    private static final Pattern BODY =
            Pattern.compile("-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----(\\\\[rn]|\\s)+"
                    + "([A-Za-z-]+: [^\\r\\n\\\\]{1,200}(\\\\[rn]|\\s)+){0,4}"
                    + "[A-Za-z0-9+/=]{20}([A-Za-z0-9+/=]|\\\\[rn]|\\s){20}");

    private static final Pattern PUTTY_BODY = Pattern.compile("PuTTY-User-Key-File-[0-9]+: .*\\r?\\n");

    private PrivateKeys() {}

    /** Returns whether the bytes contain a key as text. */
    static boolean in(byte[] bytes, int length) {
        for (int at = PEM.find(bytes, 0, length); at >= 0; at = PEM.find(bytes, at + PEM.length(), length)) {
            int from = Math.max(0, at - 40);
            int to = Math.min(length, at + LONGEST - 40);
            if (BODY.matcher(new String(bytes, from, to - from, ISO_8859_1)).find()) {
                return true;
            }
        }
        int putty = PUTTY.find(bytes, 0, length);
        return putty >= 0
                && PUTTY_BODY
                        .matcher(new String(bytes, putty, Math.min(length - putty, 200), ISO_8859_1))
                        .find();
    }

    /** Returns whether the bytes are one key in DER (RFC 5208, 8017 and 5915): a sequence that begins with a small version number. */
    static boolean isDer(byte[] bytes, int length) {
        int body = derBody(bytes, length);
        if (body < 0 || length < body + 5 || bytes[body] != 2 || bytes[body + 1] != 1) {
            return false;
        }
        int version = bytes[body + 2];
        int next = bytes[body + 3];
        // RSA continues with an INTEGER, PKCS#8 with a SEQUENCE, an EC key (version 1) with an OCTET STRING.
        return (version == 0 && (next == 2 || next == 0x30)) || (version == 1 && (next == 4 || next == 0x30));
    }

    /** Returns whether the bytes are a Dropbear host key: an SSH wire-format name (RFC 4253, 6.6) and, for Ed25519, both halves of the key. */
    static boolean isDropbear(byte[] bytes, int length) {
        if (length < 64 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 0) {
            return false;
        }
        String name = new String(bytes, 4, Math.min(bytes[3] & 0xff, length - 4), ISO_8859_1);
        int next = 4 + name.length();
        return name.matches("ssh-rsa|ssh-dss|ecdsa-sha2-nistp[0-9]+")
                || (name.equals("ssh-ed25519") && length > next + 4 && bytes[next + 3] == 64);
    }

    /** Returns whether the bytes are a PKCS#12 store (RFC 7292) or a Java key store. */
    static boolean isStore(byte[] bytes, int length) {
        int body = derBody(bytes, length);
        boolean pkcs12 = body >= 0
                && length >= body + 4
                && bytes[body] == 2
                && bytes[body + 1] == 1
                && bytes[body + 2] == 3
                && bytes[body + 3] == 0x30;
        boolean jks = length > 8
                && (bytes[0] & 0xff) == 0xfe
                && (bytes[1] & 0xff) == 0xed
                && (bytes[2] & 0xff) == 0xfe
                && (bytes[3] & 0xff) == 0xed;
        return pkcs12 || jks;
    }

    private static int derBody(byte[] bytes, int length) {
        if (length < 16 || bytes[0] != 0x30) {
            return -1;
        }
        int first = bytes[1] & 0xff;
        return first < 0x80 ? 2 : first <= 0x84 ? 2 + (first & 0x7f) : -1;
    }
}
