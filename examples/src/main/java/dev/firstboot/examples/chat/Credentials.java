package dev.firstboot.examples.chat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A name and its password, which no text of this object shows.
 *
 * @param user the account, without the domain
 * @param password its password
 */
public record Credentials(String user, String password) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Credentials with a new password of 144 random bits. */
    public static Credentials random(String user) {
        byte[] bits = new byte[18];
        RANDOM.nextBytes(bits);
        return new Credentials(user, Base64.getUrlEncoder().encodeToString(bits));
    }

    /** The value of HTTP's header Authorization for this account of {@code domain} (RFC 7617). */
    String basic(String domain) {
        String text = user + "@" + domain + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return user;
    }
}
