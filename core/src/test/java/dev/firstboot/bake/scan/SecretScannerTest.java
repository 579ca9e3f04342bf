package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretScannerTest {
    private static final byte[] DER = key().getEncoded();
    private static final String BODY = Base64.getMimeEncoder().encodeToString(DER);
    private static final String PEM = pem("PRIVATE KEY", BODY);

    @TempDir
    private Path directory;

    private Scanned scanned;

    @BeforeEach
    void begin() {
        scanned = new Scanned(directory);
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                planted(Kind.PRIVATE_KEY, "/etc/app/server.pem", PEM),
                planted(Kind.PRIVATE_KEY, "/srv/app/config.yml", "a: b\n".repeat(9000) + PEM + "c: d\n".repeat(9)),
                planted(Kind.PRIVATE_KEY, "/srv/dump.sql", "x".repeat(1_048_500) + PEM + "y".repeat(3_000_000)),
                planted(Kind.PRIVATE_KEY, "/opt/rsa.pem", pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\n" + BODY)),
                planted(Kind.PRIVATE_KEY, "/opt/ec.pem", pem("EC PRIVATE KEY", BODY)),
                planted(Kind.PRIVATE_KEY, "/opt/encrypted.pem", pem("ENCRYPTED PRIVATE KEY", BODY)),
                planted(Kind.PRIVATE_KEY, "/root/.ssh/id_ed25519", pem("OPENSSH PRIVATE KEY", BODY)),
                planted(Kind.PRIVATE_KEY, "/root/key.asc", pem("PGP PRIVATE KEY BLOCK", "Version: 1\n\n" + BODY)),
                planted(
                        Kind.PRIVATE_KEY,
                        "/opt/account.json",
                        "{\"private_key\": \"" + PEM.replaceAll("\r?\n", "\\\\n") + "\"}"),
                planted(Kind.PRIVATE_KEY, "/etc/app/tls.key", new String(DER, ISO_8859_1)),
                planted(
                        Kind.PRIVATE_KEY,
                        "/opt/putty.ppk",
                        "PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n"),
                planted(Kind.PRIVATE_KEY, "/etc/ssl/private/anything", "x"),
                planted(
                        Kind.KEY_STORE,
                        "/opt/app/store.p12",
                        "0\u0082\u0001\u0000\u0002\u0001\u00030" + "x".repeat(20)),
                planted(Kind.KEY_STORE, "/opt/app/store.jks", "\u00fe\u00ed\u00fe\u00ed" + "x".repeat(20)),
                planted(Kind.SSH_HOST_KEY, "/etc/ssh/ssh_host_ed25519_key", "x"),
                planted(Kind.MACHINE_ID, "/etc/machine-id", "0123456789abcdef0123456789abcdef\n"),
                planted(Kind.MACHINE_ID, "/etc/machine-id", "uninitialized\n"),
                planted(Kind.MACHINE_ID, "/var/lib/dbus/machine-id", "0123456789abcdef0123456789abcdef\n"),
                planted(Kind.HOST_ID, "/etc/hostid", "abcd"),
                planted(Kind.POOL_CACHE, "/etc/zfs/zpool.cache", "abcd"),
                planted(Kind.RANDOM_SEED, "/var/lib/systemd/random-seed", "abcd"),
                planted(Kind.RANDOM_SEED, "/boot/efi/loader/random-seed", "abcd"),
                planted(Kind.ERLANG_COOKIE, "/var/lib/ejabberd/.erlang.cookie", "ABCDEFGHIJKLMNOPQRST"),
                planted(
                        Kind.PASSWORD_HASH,
                        "/etc/shadow",
                        "root:$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX:20780:0:99999:7:::\n"),
                planted(Kind.PASSWORD_HASH, "/etc/shadow", "a:*:1::::::\nbob:!$6$salt$hash:20780:0:99999:7:::\n"),
                planted(Kind.PASSWORD_HASH, "/etc/shadow-", "old:ab1cdefghijkl:20780:0:99999:7:::\n"),
                planted(Kind.EMPTY_PASSWORD, "/etc/shadow", "guest::20780:0:99999:7:::\n"),
                planted(
                        Kind.PASSWORD,
                        "/etc/apt/sources.list.d/x.list",
                        "deb https://joe:hunter22@deb.example.com/ x main\n"),
                planted(Kind.PASSWORD, "/etc/app/app.env", "DATABASE_URL=postgresql://app:s3cret@db.example.com/app\n"),
                planted(
                        Kind.PASSWORD,
                        "/etc/apt/auth.conf.d/x.conf",
                        "machine deb.example.com login joe password hunter2\n"),
                planted(Kind.PASSWORD, "/root/.netrc", "machine example.com\nlogin joe\npassword hunter2\n"),
                planted(Kind.PASSWORD, "/root/.pgpass", "localhost:5432:*:app:hunter2\n"),
                planted(Kind.PASSWORD, "/var/cache/debconf/passwords.dat", "Name: x/password\nValue: hunter2\n"),
                planted(
                        Kind.PASSWORD,
                        "/root/.docker/config.json",
                        "{\"auths\":{\"r.example.com\":{\"auth\":\"am9lOmh1bnRlcg==\"}}}"),
                planted(Kind.PASSWORD, "/etc/credstore/token", "x"),
                planted(Kind.PASSWORD, "/var/lib/firstboot/secrets/a/b", "x"),
                planted(Kind.CERTIFICATE_ACCOUNT, "/etc/letsencrypt/accounts/a/directory/b/private_key.json", "{}"),
                planted(Kind.CERTIFICATE_ACCOUNT, "/etc/letsencrypt/live/example.com/fullchain.pem", "x"),
                planted(Kind.TOKEN, "/root/.aws/credentials", "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"),
                planted(Kind.TOKEN, "/srv/x.ini", "aws_secret_access_key=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab\n"),
                planted(
                        Kind.TOKEN,
                        "/root/cf.ini",
                        "dns_cloudflare_api_token = 0123456789abcdef0123456789abcdef01234567\n"),
                planted(Kind.TOKEN, "/opt/ci.sh", "TOKEN=ghp_0123456789abcdefghijklmnopqrstuvwxyz\n"),
                planted(Kind.TOKEN, "/opt/ci.sh", "x github_pat_" + "a1B2".repeat(15) + "\n"),
                planted(Kind.SHELL_HISTORY, "/root/.bash_history", "ls\n"),
                planted(Kind.SHELL_HISTORY, "/var/lib/postgresql/.psql_history", "select 1\n"),
                planted(Kind.CREDENTIAL_SECRET, "/var/lib/systemd/credential.secret", "x"),
                planted(Kind.NETWORK_KEY, "/etc/NetworkManager/system-connections/home.nmconnection", "x"),
                planted(
                        Kind.NETWORK_KEY,
                        "/etc/wpa_supplicant/wpa_supplicant.conf",
                        "network={\n  psk=\"abcdefgh\"\n}\n"),
                planted(
                        Kind.NETWORK_KEY,
                        "/etc/wireguard/wg0.conf",
                        "[Interface]\nPrivateKey = " + "A".repeat(43) + "=\n"),
                planted(Kind.KEYTAB, "/etc/krb5.keytab", "\u0005\u0002abc"),
                planted(Kind.PRIVATE_KEY, "/usr/share/doc/openssl/demo.pem", PEM),
                planted(Kind.PRIVATE_KEY, "/srv/zone/Kexample.private", "Private-key-format: v1.3\nAlgorithm: 13\n"),
                planted(Kind.TOKEN, "/srv/bot.json", "{\"t\": \"xoxb-123456789012-abcdefghijklmnop\"}"),
                planted(Kind.TOKEN, "/root/.kube/config", "    client-key-data: " + "QUJD".repeat(20) + "\n"),
                planted(Kind.PASSWORD, "/etc/postfix/sasl_passwd", "[smtp.example.com]:587 joe:hunter22\n"),
                planted(Kind.PASSWORD, "/root/.my.cnf", "[client]\npassword = hunter22\n"),
                planted(Kind.LIKELY_PASSWORD, "/etc/app/app.json", "{\"user\": \"joe\", \"password\": \"hunter22\"}\n"),
                planted(Kind.LIKELY_PASSWORD, "/etc/app/app.conf", "\0\0\nDB_PASSWORD=hunter22\n"),
                planted(
                        Kind.LIKELY_PASSWORD,
                        "/usr/lib/firstboot/steps/app/x",
                        "#!/bin/sh\nexport APP_TOKEN=abcdef0123\n"),
                planted(Kind.LIKELY_PASSWORD, "/opt/app/run", "amqp://app:s3cret@mq.example.com/\n"),
                planted(Kind.PASSWORD_HASH, "/opt/app/users.yml", "joe: '$2y$10$abcdefghijklmnopqrstuv'\n"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void scan_plantedByARecipe_isFound(Kind kind, String path, String content) {
        assertThat(scanned.laidOver(path, content).findings()).contains(new Finding(path, kind));
    }

    static Stream<Arguments> nearMisses() {
        return Stream.of(
                clean("/etc/ssl/certs/ca.pem", pem("CERTIFICATE", BODY)),
                clean("/etc/app/public.pem", pem("PUBLIC KEY", BODY)),
                clean("/usr/lib/python3/x.pyc", "\0\0-----BEGIN PRIVATE KEY-----\0-----END PRIVATE KEY-----\0"),
                clean("/opt/check.py", "if line == '-----BEGIN RSA PRIVATE KEY-----':\n    return True\n"),
                clean("/etc/app/words.key", "just words about keys, long enough to be looked at"),
                clean("/opt/app/cert.der", "0\u0082\u0001\u00000\u0082\u0001\u0000" + "x".repeat(20)),
                clean("/etc/ssh/ssh_host_ed25519_key.pub", "ssh-ed25519 AAAA\n"),
                clean("/etc/machine-id", ""),
                clean("/var/lib/systemd/random-seed", ""),
                clean("/etc/shadow", "root:*:20780::::::\na:!*:1::::::\nb:!:1::::::\nc:!!:1::::::\n"),
                clean("/etc/gshadow", "root:*::\nssl-cert:!::postgres\nplain:!*::\n"),
                clean(
                        "/etc/passwd",
                        "root:x:0:0:root:/root:/bin/bash\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\n"),
                clean("/etc/apt/sources.list", "deb http://mirror.example.com/debian trixie main\n"),
                clean(
                        "/etc/nginx/nginx.conf",
                        "# proxy_pass http://user:password@backend;\nproxy_pass http://127.0.0.1:80;\n"),
                clean("/etc/app/app.env", "URL=postgresql://app:${PASSWORD}@db/app\nMAIL=joe@example.com\n"),
                clean("/root/.pgpass", "# hostname:port:database:username:password\n"),
                clean("/root/.bash_history", ""),
                clean("/etc/letsencrypt/cli.ini", "max-log-backups = 0\n"),
                clean("/etc/letsencrypt/live/README", "text\n"),
                clean("/root/cf.ini", "dns_cloudflare_api_token = <token>\n"),
                clean("/etc/x", "AKIA is where such keys begin\n"),
                clean(
                        "/etc/app/app.yml",
                        "password: ${PASSWORD}\n# password: hunter22\npassword_file: /run/x\ntoken: true\n"),
                clean("/etc/app/macro.yml", "    password: COMPONENT_PASSWORD\nauth_password_format: scram\n"),
                clean("/etc/app/checksum.sha256", "A".repeat(43) + "=\n"),
                clean("/etc/chrony/chrony.keys", "# 1 MD5 AVeryLongAndRandomPassword\n"),
                clean("/etc/ssh/sshd_config", "PasswordAuthentication no\nAuthorizedKeysFile .ssh/authorized_keys\n"),
                clean("/root/.docker/config.json", "{\"auths\":{}}"),
                clean("/usr/share/bash/.bash_history", "an example\n"),
                clean("/usr/share/postgresql/17/PG_VERSION", "17\n"));
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void scan_nearMiss_isNotReported(String path, String content) {
        assertThat(scanned.laidOver(path, content).findings()).isEmpty();
    }

    @Test
    void scan_databaseCluster_isFoundInAnyOrder() {
        assertThat(scanned.made("/var/lib/postgresql/17/main/global/pg_control", "x")
                        .made("/var/lib/postgresql/17/main/PG_VERSION", "17\n")
                        .findings())
                .containsExactly(new Finding("/var/lib/postgresql/17/main", Kind.DATABASE_CLUSTER));
    }

    @Test
    void scan_tokenInALargeFile_isFoundWhereverItIs() {
        String token = "glpat-0123456789abcdefghij";
        for (int at : new int[] {0, ContentSearch.WINDOW - 10, ContentSearch.WINDOW + 5000, 3 * ContentSearch.WINDOW}) {
            assertThat(new Scanned(directory)
                            .laidOver("/srv/dump", "\0x\n".repeat(at / 3) + token + "\n" + "y\0".repeat(1_500_000))
                            .findings())
                    .as("at %d", at)
                    .containsExactly(new Finding("/srv/dump", Kind.TOKEN));
        }
    }

    @Test
    void scan_secretInATemplate_isFoundThoughItIsEncoded() {
        String template = "path /etc/app.conf\ntext user=joe%0Apassword=hunter22%0Aother=\nsecret other none\n";
        String clean = "path /etc/app.conf\ntext password=\nsecret other none\n";

        assertThat(scanned.laidOver("/usr/lib/firstboot/templates/app/000-app.conf", template)
                        .laidOver("/usr/lib/firstboot/templates/app/001-app.conf", clean)
                        .findings())
                .containsExactly(new Finding("/usr/lib/firstboot/templates/app/000-app.conf", Kind.LIKELY_PASSWORD));
    }

    @Test
    void scan_removedAndReplaced_seesWhatStays() {
        assertThat(scanned.made("/etc/a.pem", PEM)
                        .made("/etc/b", "b")
                        .removed("/etc/a.pem")
                        .laidOver("/etc/b", PEM)
                        .findings())
                .containsExactly(new Finding("/etc/b", Kind.PRIVATE_KEY));
    }

    @Test
    void finding_always_saysWhereWhoAndWhatToDo() {
        assertThat(new Finding("/etc/hostid", Kind.HOST_ID))
                .hasToString("/etc/hostid holds the host id of one machine: leave the file out; ZFS does without");
        assertThat(new Finding("/etc/hostid", Kind.HOST_ID, "named by the install script of zfs"))
                .asString()
                .startsWith("/etc/hostid holds the host id of one machine (named by the install script of zfs): ");
    }

    private static Arguments planted(Kind kind, String path, String content) {
        return Arguments.of(kind, path, content);
    }

    private static Arguments clean(String path, String content) {
        return Arguments.of(path, content);
    }

    private static String pem(String label, String body) {
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static PrivateKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            return generator.generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
