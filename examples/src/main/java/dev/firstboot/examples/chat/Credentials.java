package dev.firstboot.examples.chat;

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

    @Override
    public String toString() {
        return user;
    }
}
