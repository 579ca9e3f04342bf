package dev.firstboot.advisory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a Debian package, ordered as dpkg orders them: deb-version(7). Versions that are written differently may be the same by that
 * order, such as {@code 1.0} and {@code 1.00-0}; {@link #equals} compares what is written.
 *
 * @param text as it is written: {@code [epoch:]upstream[-revision]}
 */
public record DebianVersion(String text) implements Comparable<DebianVersion> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.+~-]+|[0-9]{1,9}:[A-Za-z0-9.+~:-]+");
    /** What a version gets that was made for an older release out of one for a newer. */
    private static final Pattern BACKPORT = Pattern.compile("~bpo[0-9.]+\\+[0-9.]+$");

    /**
     * A version.
     *
     * @throws IllegalArgumentException if it is none
     */
    public DebianVersion {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a version of a Debian package");
        }
    }

    /**
     * A version.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DebianVersion of(String text) {
        return new DebianVersion(text);
    }

    /** Whether it was made for an older release out of one for a newer: {@code 26.07-1~bpo13+1}. */
    public boolean isBackport() {
        return BACKPORT.matcher(text).find();
    }

    /** The version that a backport was made out of; itself if it is none. */
    public DebianVersion ported() {
        Matcher backport = BACKPORT.matcher(text);
        return backport.find() ? of(text.substring(0, backport.start())) : this;
    }

    @Override
    public int compareTo(DebianVersion other) {
        int byEpoch = Integer.compare(epoch(), other.epoch());
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byUpstream = compare(upstream(), other.upstream());
        return byUpstream != 0 ? byUpstream : compare(revision(), other.revision());
    }

    private int epoch() {
        int colon = text.indexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon));
    }

    private String upstream() {
        int dash = text.lastIndexOf('-');
        return text.substring(text.indexOf(':') + 1, dash < 0 ? text.length() : dash);
    }

    private String revision() {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? "" : text.substring(dash + 1);
    }

    /** Parts that are no digits and numbers take turns. */
    private static int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            while (isNoDigit(one, i) || isNoDigit(other, j)) {
                int difference = Integer.compare(weight(one, i), weight(other, j));
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            int numberEnd = numberEnd(one, i);
            int otherEnd = numberEnd(other, j);
            int difference = compareNumbers(one.substring(i, numberEnd), other.substring(j, otherEnd));
            if (difference != 0) {
                return difference;
            }
            i = numberEnd;
            j = otherEnd;
        }
        return 0;
    }

    private static boolean isNoDigit(String text, int at) {
        return at < text.length() && !isDigit(text.charAt(at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A tilde comes before the end, the end before letters, and letters before all else. */
    private static int weight(String text, int at) {
        if (at >= text.length() || isDigit(text.charAt(at))) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return Character.isLetter(c) ? c : c + 256;
    }

    private static int numberEnd(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String one, String other) {
        String a = one.replaceFirst("^0+", "");
        String b = other.replaceFirst("^0+", "");
        int byLength = Integer.compare(a.length(), b.length());
        return byLength != 0 ? byLength : Integer.signum(a.compareTo(b));
    }

    @Override
    public String toString() {
        return text;
    }
}
