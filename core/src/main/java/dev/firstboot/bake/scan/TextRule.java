package dev.firstboot.bake.scan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The form of a secret in text.
 *
 * @param kind what it is
 * @param words one of these must occur, which is a cheap check, before the expression is tried
 * @param pattern the form
 * @param paths where it applies
 */
record TextRule(Kind kind, List<Needle> words, Pattern pattern, Pattern paths) {
    private static final String ANYWHERE = ".*";
    /** Where people and workloads write their configuration, not where Debian's tools write their own files. */
    private static final String CONFIGURATION =
            "(?!/etc/(nsswitch\\.conf|pam\\.d/.*|passwd|group|g?shadow|debconf\\.conf)$)/(etc|root|home|opt|srv|usr/local|var/(?!lib/(dpkg|ucf|apt|pam)/|cache/debconf/)|usr/lib/firstboot)/.*";

    private static final String SET = "[\"']?\\s*[:=]\\s*[\"']?";
    /** A line that is not a comment. */
    private static final String LINE = "(?m)^(?!\\s*(?:#|;|//|--|\\*))";

    private static final String HASH = "\\$(?:[1567y]|2[abxy]?|apr1|argon2[a-z]*|scrypt|sha512)\\$[^:\\s]{8,}";

    static final List<TextRule> ALL = List.of(
            token("AKIA", "\\b(AKIA|ASIA)[A-Z2-7]{16}\\b"),
            token("aws_secret_access_key", "aws_secret_access_key" + SET + "[A-Za-z0-9/+]{40}"),
            token("dns_cloudflare_api_", "(?m)^\\s*dns_cloudflare_api_(token|key)\\s*=\\s*[A-Za-z0-9_-]{30,}"),
            token("ghp_", "\\bghp_[A-Za-z0-9]{36}"),
            token("gho_", "\\bgho_[A-Za-z0-9]{36}"),
            token("ghs_", "\\bghs_[A-Za-z0-9]{36}"),
            token("github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{40,}"),
            token("glpat-", "\\bglpat-[A-Za-z0-9_-]{20,}"),
            token("npm_", "\\bnpm_[A-Za-z0-9]{36}\\b"),
            token("_authToken", "_authToken\\s*=\\s*[A-Za-z0-9_-]{16,}"),
            token("xox", "\\bxox[abprs]-[A-Za-z0-9-]{20,}"),
            token("pypi-AgEIcHlwaS5vcmc", "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{40,}"),
            token("_live_", "\\b[sr]k_live_[A-Za-z0-9]{20,}"),
            token("client-key-data", "client-key-data:\\s*[A-Za-z0-9+/=]{40,}"),
            anywhere(Kind.PRIVATE_KEY, "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1[A-Z0-9]{50,}"),
            anywhere(Kind.PRIVATE_KEY, "Private-key-format", "(?m)^Private-key-format: v1\\."),
            anywhere(Kind.PRIVATE_KEY, "== ed25519v1-secret", "== ed25519v1-secret: type0 =="),
            anywhere(Kind.SHARED_KEY, "OpenVPN Static key", "-----BEGIN OpenVPN Static key V[12]-----\\s+[0-9a-f]{32}"),
            anywhere(
                    Kind.SHARED_KEY,
                    "OpenVPN tls-crypt",
                    "-----BEGIN OpenVPN tls-crypt-v2 (client|server) key-----\\s+[A-Za-z0-9+/]{20}"),
            anywhere(Kind.SHARED_KEY, "secret", "(?m)^[^\\n#/]*\\bsecret\\s+\"[A-Za-z0-9+/]{16,}={0,2}\"\\s*;"),
            of(
                    Kind.SHARED_KEY,
                    "",
                    "(?m)^\\s*[0-9]+\\s+(?:[A-Z][A-Z0-9-]*\\s+)?\\S{4,}\\s*$",
                    "/etc/(chrony/)?(chrony|ntp)\\.keys|/etc/ntpsec/ntp\\.keys"),
            of(Kind.DEVICE_NAME, "InitiatorName", "(?m)^\\s*InitiatorName\\s*=\\s*\\S", "/etc/iscsi/.*"),
            of(Kind.DEVICE_NAME, "MY_HOSTID", "(?m)^\\s*MY_HOSTID=[\"']?[0-9a-f]", "/etc/popularity-contest\\.conf"),
            url(Kind.PASSWORD, "/(etc|root|home)/.*|.*/\\.env(\\.[^/]*)?"),
            url(Kind.LIKELY_PASSWORD, CONFIGURATION),
            of(
                    Kind.PASSWORD,
                    "password",
                    "(?m)^(?!\\s*#).*\\bpassword\\s+\\S+",
                    ".*/\\.netrc|/etc/apt/auth\\.conf(\\.d/.*)?"),
            of(Kind.PASSWORD, ":", "(?m)^(?!#)([^:\\n]*:){4}[^:\\n]+$", ".*/\\.pgpass"),
            of(
                    Kind.PASSWORD,
                    ":",
                    "(?m)^(?!#)\\S+\\s+[^:\\s]+:\\S+",
                    "/etc/(postfix|exim4)/(sasl_passwd|passwd\\.client)"),
            of(Kind.PASSWORD, "Value:", "(?m)^Value: ?\\S+", "/var/cache/debconf/passwords\\.dat"),
            of(
                    Kind.PASSWORD,
                    "\"auth\"",
                    "\"auth\"\\s*:\\s*\"[A-Za-z0-9+/=]{4,}\"",
                    ".*/(config|auth|\\.dockercfg)(\\.json)?"),
            of(Kind.PASSWORD, "password", "(?m)^\\s*password\\s*=\\s*\\S", "/etc/mysql/debian\\.cnf|.*/\\.my\\.cnf"),
            new TextRule(
                    Kind.LIKELY_PASSWORD,
                    Stream.of("assw", "ASSW", "assphrase", "ASSPHRASE", "ecret", "ECRET", "oken", "TOKEN")
                            .map(Needle::new)
                            .toList(),
                    Pattern.compile(LINE
                            + "(?i)(?:[^\\n]*[{,])?[ \\t]*(?:(?:export|set|-)[ \\t]+)?[\"']?[\\w.-]*(?:password|passwd|passphrase|secret|token)[\"']?[ \\t]*(?:=>|[:=])"
                            + "[ \\t]*(?![\"']?(?:\\$[({A-Za-z_]|%[({A-Z%]|\\{|<|/|\\[|@|(?:true|false|yes|no|on|off|none|null|nil|required|optional|prompt|ask|files)\\b|(?-i:[A-Z0-9]*_[A-Z0-9_]*)[\"']?\\s*$))"
                            + "[\"']?[^\\s\"'\\p{Cntrl},;]{4,}"),
                    Pattern.compile(CONFIGURATION)),
            of(Kind.NETWORK_KEY, "psk=", "(?m)^\\s*psk=\\S+", "/etc/(wpa_supplicant|NetworkManager)/.*"),
            of(Kind.NETWORK_KEY, "password", "(?m)^\\s*password:\\s*\\S+", "/etc/netplan/.*"),
            of(
                    Kind.NETWORK_KEY,
                    "Key",
                    "(?m)^\\s*(PrivateKey|PresharedKey)\\s*=\\s*[A-Za-z0-9+/]{43}=",
                    "/etc/(wireguard|systemd/network)/.*"),
            of(Kind.PASSWORD_HASH, ":", "(?m)^[^:\\n]+:!?!?(\\$[^:\\n]+|[./A-Za-z0-9]{13})(:|$)", "/etc/g?shadow-?"),
            of(Kind.EMPTY_PASSWORD, "::", "(?m)^[^:\\n]+::", "/etc/(shadow|passwd)-?"),
            of(Kind.PASSWORD_HASH, ":", "(?m)^[^:\\n]+:\\$[^:\\n]+:", "/etc/(passwd|group)-?"),
            of(
                    Kind.PASSWORD_HASH,
                    ":",
                    "(?m)^(?!#)[^:\\s]+:(" + HASH + "|\\{S?SHA[0-9]*}\\S+|[./A-Za-z0-9]{13}$)",
                    ".*/\\.?htpasswd[^/]*|.*\\.htpasswd"),
            of(Kind.PASSWORD_HASH, "$", "(?m)^(?!\\s*#)[^\\n]*[:=\"'\\s]" + HASH, CONFIGURATION));

    private static TextRule token(String word, String pattern) {
        return anywhere(Kind.TOKEN, word, pattern);
    }

    private static TextRule anywhere(Kind kind, String word, String pattern) {
        return of(kind, word, pattern, ANYWHERE);
    }

    private static TextRule url(Kind kind, String paths) {
        return of(
                kind,
                "://",
                "(?m)^(?!\\s*[#;]).*\\b[A-Za-z][A-Za-z0-9+.-]*://[^\\s:/@\"'<>]*:[^\\s/@\"'<>$%{]+@[A-Za-z0-9\\[]",
                paths);
    }

    private static TextRule of(Kind kind, String word, String pattern, String paths) {
        List<Needle> words = word.isEmpty() ? List.of() : List.of(new Needle(word));
        return new TextRule(kind, words, Pattern.compile(pattern), Pattern.compile(paths));
    }

    boolean mayApply(String path, byte[] bytes, int length) {
        return paths.matcher(path).matches()
                && (words.isEmpty() || words.stream().anyMatch(word -> word.isIn(bytes, length)));
    }
}
