package dev.firstboot.advisory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a Debian package, in dpkg order: deb-version(7). Differently written versions may be equal in that order, such as {@code 1.0} and
 * {@code 1.00-0}; {@link #equals} compares the text.
 *
 * @param text the text: {@code [epoch:]upstream[-revision]}
 */
public record DebianVersion(String text) implements Comparable<DebianVersion> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.+~-]+|[0-9]{1,9}:[A-Za-z0-9.+~:-]+");
    /** The suffix of a version that was built for an older release from that of a newer one. */
    private static final Pattern BACKPORT = Pattern.compile("~bpo[0-9.]+\\+[0-9.]+$");

    /**
     * Creates a version.
     *
     * @throws IllegalArgumentException if the text is not a version
     */
    public DebianVersion {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a version of a Debian package");
        }
    }

    /**
     * Returns a version.
     *
     * @throws IllegalArgumentException if the text is not a version
     */
    public static DebianVersion of(String text) {
        return new DebianVersion(text);
    }

    /** Returns whether it was built for an older release from that of a newer one: {@code 26.07-1~bpo13+1}. */
    public boolean isBackport() {
        return BACKPORT.matcher(text).find();
    }

    /** Returns the version that a backport was built from; itself if it is not a backport. */
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

    /** Compares two parts, in which non-digits and numbers alternate. */
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

    /** Returns the sort weight: a tilde is before the end, the end before letters, and letters before everything else. */
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
