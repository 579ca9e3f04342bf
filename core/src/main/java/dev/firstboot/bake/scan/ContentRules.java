package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;

/** Looks into one small file. A cheap search for a word comes before each expression. */
final class ContentRules {
    /** A word without which the expression cannot match, the expression, and where it applies. */
    private record Rule(Kind kind, Needle word, Pattern pattern, Pattern paths) {
        private Rule(Kind kind, String word, String pattern, String paths) {
            this(kind, new Needle(word), Pattern.compile(pattern), Pattern.compile(paths));
        }
    }

    private static final String ANYWHERE = ".*";
    private static final String CONFIGURATION = "/(etc|root|home|opt|srv|var|usr/local)/.*";
    private static final String SET = "[\"']?\\s*[:=]\\s*[\"']?";

    private static final List<Rule> RULES = List.of(
            new Rule(Kind.TOKEN, "AKIA", "\\b(AKIA|ASIA)[A-Z2-7]{16}\\b", CONFIGURATION),
            new Rule(
                    Kind.TOKEN, "aws_secret_access_key", "aws_secret_access_key" + SET + "[A-Za-z0-9/+]{40}", ANYWHERE),
            new Rule(
                    Kind.TOKEN,
                    "dns_cloudflare_api_",
                    "(?m)^\\s*dns_cloudflare_api_(token|key)\\s*=\\s*[A-Za-z0-9_-]{30,}",
                    ANYWHERE),
            new Rule(Kind.TOKEN, "ghp_", "\\bghp_[A-Za-z0-9]{36}", ANYWHERE),
            new Rule(Kind.TOKEN, "gho_", "\\bgho_[A-Za-z0-9]{36}", ANYWHERE),
            new Rule(Kind.TOKEN, "ghs_", "\\bghs_[A-Za-z0-9]{36}", ANYWHERE),
            new Rule(Kind.TOKEN, "github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{40,}", ANYWHERE),
            new Rule(
                    Kind.PASSWORD,
                    "://",
                    "(?m)^(?!\\s*[#;]).*\\b[A-Za-z][A-Za-z0-9+.-]*://[^\\s:/@\"'<>]*:[^\\s/@\"'<>$%{]+@[A-Za-z0-9\\[]",
                    "/(etc|root|home)/.*"),
            new Rule(
                    Kind.PASSWORD,
                    "password",
                    "(?m)^(?!\\s*#).*\\bpassword\\s+\\S+",
                    ".*/\\.netrc|/etc/apt/auth\\.conf(\\.d/.*)?"),
            new Rule(Kind.PASSWORD, ":", "(?m)^(?!#)([^:\\n]*:){4}[^:\\n]+$", ".*/\\.pgpass"),
            new Rule(Kind.PASSWORD, "Value:", "(?m)^Value: ?\\S+", "/var/cache/debconf/passwords\\.dat"),
            new Rule(
                    Kind.PASSWORD,
                    "\"auth\"",
                    "\"auth\"\\s*:\\s*\"[A-Za-z0-9+/=]{4,}\"",
                    ".*/(config|auth|\\.dockercfg)(\\.json)?"),
            new Rule(Kind.NETWORK_KEY, "psk=", "(?m)^\\s*psk=\\S+", "/etc/(wpa_supplicant|NetworkManager)/.*"),
            new Rule(Kind.NETWORK_KEY, "password", "(?m)^\\s*password:\\s*\\S+", "/etc/netplan/.*"),
            new Rule(
                    Kind.NETWORK_KEY,
                    "PrivateKey",
                    "(?m)^\\s*PrivateKey\\s*=\\s*[A-Za-z0-9+/]{43}=",
                    "/etc/(wireguard|systemd/network)/.*"),
            new Rule(
                    Kind.PASSWORD_HASH,
                    ":",
                    "(?m)^[^:\\n]+:!?!?(\\$[^:\\n]+|[./A-Za-z0-9]{13})(:|$)",
                    "/etc/g?shadow-?"),
            new Rule(Kind.EMPTY_PASSWORD, "::", "(?m)^[^:\\n]+::", "/etc/(shadow|passwd)-?"),
            new Rule(Kind.PASSWORD_HASH, ":", "(?m)^[^:\\n]+:\\$[^:\\n]+:", "/etc/(passwd|group)-?"));

    private static final Pattern KEY_NAME = Pattern.compile(".*\\.(key|der|pk8|p8|pkcs8)");
    private static final Pattern STORE_NAME = Pattern.compile(".*\\.(p12|pfx|pkcs12|jks|keystore|bcfks)");

    private ContentRules() {}

    /** What the first {@code length} of {@code bytes}, a whole file at {@code path}, hold. */
    static EnumSet<Kind> kindsIn(String path, byte[] bytes, int length) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (PrivateKeys.in(bytes, length) || (KEY_NAME.matcher(path).matches() && PrivateKeys.isDer(bytes, length))) {
            kinds.add(Kind.PRIVATE_KEY);
        }
        if (STORE_NAME.matcher(path).matches() && PrivateKeys.isStore(bytes, length)) {
            kinds.add(Kind.KEY_STORE);
        }
        if (path.endsWith("/krb5.keytab")
                || (length > 2 && bytes[0] == 5 && bytes[1] == 2 && path.contains("keytab"))) {
            kinds.add(Kind.KEYTAB);
        }
        if (!isBinary(bytes, length)) {
            String text = null;
            for (Rule rule : RULES) {
                if (rule.paths().matcher(path).matches() && rule.word().isIn(bytes, length)) {
                    text = text == null ? new String(bytes, 0, length, ISO_8859_1) : text;
                    if (rule.pattern().matcher(text).find()) {
                        kinds.add(rule.kind());
                    }
                }
            }
        }
        return kinds;
    }

    private static boolean isBinary(byte[] bytes, int length) {
        int end = Math.min(length, 1024);
        for (int i = 0; i < end; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
