package dev.firstboot.benchmarks.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of SCRAM-SHA-1 (RFC 5802). The libraries tried forget the extensions of the server's first message (ejabberd sends one, XEP-0474)
 * when they sign it.
 */
final class Scram {
    private static final String HEADER = "n,,";
    private static final Pattern SERVER_FIRST = Pattern.compile("r=([^,]+),s=([^,]+),i=([0-9]+)(,.*)?");

    private final String password;
    private final String nonce = UUID.randomUUID().toString();
    private final String firstBare;

    /** For a name that needs no escapes. */
    Scram(String user, String password) {
        this.password = password;
        this.firstBare = "n=" + user + ",r=" + nonce;
    }

    String first() {
        return HEADER + firstBare;
    }

    /** The answer to the server's challenge. */
    String last(String serverFirst) throws IOException {
        Matcher challenge = SERVER_FIRST.matcher(serverFirst);
        if (!challenge.matches() || !challenge.group(1).startsWith(nonce)) {
            throw new IOException("no challenge of SCRAM: " + serverFirst);
        }
        String withoutProof =
                "c=" + Base64.getEncoder().encodeToString(HEADER.getBytes(UTF_8)) + ",r=" + challenge.group(1);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(new PBEKeySpec(
                            password.toCharArray(),
                            Base64.getDecoder().decode(challenge.group(2)),
                            Integer.parseInt(challenge.group(3)),
                            160))
                    .getEncoded();
            byte[] proof = hmac(salted, "Client Key");
            byte[] signature = hmac(
                    MessageDigest.getInstance("SHA-1").digest(proof),
                    firstBare + "," + serverFirst + "," + withoutProof);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= signature[i];
            }
            return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-1", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
