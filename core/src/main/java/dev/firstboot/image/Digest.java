package dev.firstboot.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!SHA256.matcher(Objects.requireNonNull(hex, "hex")).matches()) {
            throw new IllegalArgumentException(
                    "digest '" + Names.printable(hex) + "' is not a SHA-256: expected 64 digits of 0-9 and a-f");
        }
    }

    public static Digest sha256(String hex) {
        return new Digest(hex);
    }

    /** Returns the digest of {@code content}. */
    public static Digest ofBytes(byte[] content) {
        Objects.requireNonNull(content, "content");
        return of(newSha256().digest(content));
    }

    /** Returns the digest for the result of a finished {@link #newSha256()}. */
    public static Digest of(byte[] raw) {
        Objects.requireNonNull(raw, "raw");
        return new Digest(HexFormat.of().formatHex(raw));
    }

    /** Returns a new SHA-256 computation, which every Java platform supports. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the name in at most {@code longest} characters: a longer one is cut, and digits of its digest keep it distinct.
     *
     * @param longest at least 14
     */
    public static String shortened(String name, int longest) {
        if (longest < 14) {
            throw new IllegalArgumentException(longest + " characters are too few to tell a name from others");
        }
        return Objects.requireNonNull(name, "name").length() <= longest
                ? name
                : name.substring(0, longest - 13) + "-"
                        + ofBytes(name.getBytes(StandardCharsets.UTF_8)).abbreviated();
    }

    /** Returns the first twelve digits, for display. */
    public String abbreviated() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
