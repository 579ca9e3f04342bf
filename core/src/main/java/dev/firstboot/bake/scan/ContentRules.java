package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.EnumSet;
import java.util.regex.Pattern;

/** Searches bytes for secrets, a whole file or part of one. Each regular expression runs only after a cheap search for a word. */
final class ContentRules {
    private static final Pattern KEY_NAME = Pattern.compile(".*\\.(key|der|pk8|p8|pkcs8)");
    private static final Pattern STORE_NAME = Pattern.compile(".*\\.(p12|pfx|pkcs12|jks|keystore|bcfks)");
    private static final Pattern PUBLIC_NAME = Pattern.compile("(?i).*(pub|sum|hash|digest|integrity)[^/]*");
    /** 32 bytes in base64 and nothing else: the output of {@code wg genkey} and {@code wg genpsk}. */
    private static final Pattern LONE_KEY = Pattern.compile("[A-Za-z0-9+/]{43}=\\s*");

    private static final int LONE_KEY_MAX = 64;

    private ContentRules() {}

    /** Returns the kinds in the first {@code length} of {@code bytes}, which are the {@code whole} of a file at {@code path} or a part. */
    static EnumSet<Kind> kindsIn(String path, byte[] bytes, int length, boolean whole) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (PrivateKeys.in(bytes, length)) {
            kinds.add(Kind.PRIVATE_KEY);
        }
        if (whole) {
            addOfWhole(kinds, path, bytes, length);
        }
        String text = null;
        for (TextRule rule : TextRule.ALL) {
            if (!kinds.contains(rule.kind()) && rule.mayApply(path, bytes, length)) {
                text = text == null ? new String(bytes, 0, length, ISO_8859_1) : text;
                if (rule.pattern().matcher(text).find()) {
                    kinds.add(rule.kind());
                }
            }
        }
        if (kinds.contains(Kind.PASSWORD)) {
            kinds.remove(Kind.LIKELY_PASSWORD);
        }
        return kinds;
    }

    private static void addOfWhole(EnumSet<Kind> kinds, String path, byte[] bytes, int length) {
        if (KEY_NAME.matcher(path).matches() && PrivateKeys.isDer(bytes, length)) {
            kinds.add(Kind.PRIVATE_KEY);
        }
        if (PrivateKeys.isDropbear(bytes, length)) {
            kinds.add(Kind.SSH_HOST_KEY);
        }
        if (STORE_NAME.matcher(path).matches() && PrivateKeys.isStore(bytes, length)) {
            kinds.add(Kind.KEY_STORE);
        }
        if (path.endsWith("/krb5.keytab")
                || (length > 2 && bytes[0] == 5 && bytes[1] == 2 && path.contains("keytab"))) {
            kinds.add(Kind.KEYTAB);
        }
        if (length <= LONE_KEY_MAX
                && !PUBLIC_NAME.matcher(path).matches()
                && LONE_KEY.matcher(new String(bytes, 0, length, ISO_8859_1)).matches()) {
            kinds.add(Kind.SHARED_KEY);
        }
    }
}
