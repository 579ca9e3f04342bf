package dev.firstboot.bake.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets and identities as programs write them, each planted by a package's script and by a recipe. Most once passed unseen. */
class PlantedSamplesTest {
    private static final String BASE64 = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=";
    private static final String PEM_BODY = "MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAK0\n".repeat(4);

    @TempDir
    private Path directory;

    static Stream<Arguments> samples() {
        return Stream.of(
                sample(
                        "rndc key",
                        Kind.SHARED_KEY,
                        "/etc/bind/keys.conf",
                        "key \"rndc-key\" {\n\talgorithm hmac-sha256;\n\tsecret \"" + BASE64 + "\";\n};\n"),
                sample(
                        "OpenVPN static key",
                        Kind.SHARED_KEY,
                        "/etc/openvpn/ta.key",
                        "#\n# 2048 bit OpenVPN static key\n#\n-----BEGIN OpenVPN Static key V1-----\n"
                                + "0123456789abcdef0123456789abcdef\n".repeat(16)
                                + "-----END OpenVPN Static key V1-----\n"),
                sample("WireGuard private-key file", Kind.SHARED_KEY, "/etc/wireguard/private.key", BASE64 + "\n"),
                sample(
                        "age key",
                        Kind.PRIVATE_KEY,
                        "/root/age.txt",
                        "# created: 2026-01-01\n# public key: age1x\nAGE-SECRET-KEY-1" + "Q2".repeat(29) + "\n"),
                sample(
                        "chrony keys",
                        Kind.SHARED_KEY,
                        "/etc/chrony/chrony.keys",
                        "# comment\n1 SHA256 HEX:1DC764E0791B11FA67EFC7ECBC4B0D73F68A070C\n"),
                sample(
                        "dropbear host key",
                        Kind.SSH_HOST_KEY,
                        "/etc/app/host_key",
                        "\0\0\0\u000bssh-ed25519\0\0\0@" + "k".repeat(64)),
                sample(
                        "iSCSI initiator name",
                        Kind.DEVICE_NAME,
                        "/etc/iscsi/initiatorname.iscsi",
                        "## comment\nInitiatorName=iqn.1993-08.org.debian:01:abcdef012345\n"),
                sample(
                        "NVMe hostnqn",
                        Kind.DEVICE_NAME,
                        "/etc/nvme/hostnqn",
                        "nqn.2014-08.org.nvmexpress:uuid:01234567-89ab-cdef-0123-456789abcdef\n"),
                sample("MySQL data directory", Kind.DATABASE_FILES, "/var/lib/mysql/ibdata1", "\0\0\0\0page"),
                sample(
                        "authorized_keys",
                        Kind.LOGIN_KEY,
                        "/root/.ssh/authorized_keys",
                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI joe@example.com\n"),
                sample("password in YAML", Kind.LIKELY_PASSWORD, "/etc/notes.yml", "user: joe\npassword: hunter22\n"),
                sample(
                        "debian.cnf",
                        Kind.PASSWORD,
                        "/etc/mysql/debian.cnf",
                        "[client]\nhost     = localhost\nuser     = debian-sys-maint\npassword = kJx8s0aqL\n"),
                sample(
                        ".htpasswd",
                        Kind.PASSWORD_HASH,
                        "/srv/www/.htpasswd",
                        "joe:$apr1$abcdefgh$0123456789abcdefghijk.\n"),
                sample(
                        ".env with a password in a URL",
                        Kind.PASSWORD,
                        "/srv/app/.env",
                        "DEBUG=0\nDATABASE_URL=postgresql://app:s3cret@db.example.com/app\n"),
                sample(
                        "GitLab token",
                        Kind.TOKEN,
                        "/opt/ci/run.sh",
                        "curl -H 'PRIVATE-TOKEN: glpat-AbCdEfGhIjKlMnOpQrSt'\n"),
                sample(
                        "npm token",
                        Kind.TOKEN,
                        "/usr/local/lib/app/.npmrc",
                        "//registry.npmjs.org/:_authToken=npm_0123456789abcdefghijABCDEFGHIJ012345\n"),
                sample("SSH host key", Kind.SSH_HOST_KEY, "/etc/ssh/ssh_host_ed25519_key", "x\n"),
                sample(
                        "private key in PEM",
                        Kind.PRIVATE_KEY,
                        "/srv/app/server.pem",
                        "-----BEGIN PRIVATE KEY-----\n" + PEM_BODY + "-----END PRIVATE KEY-----\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void scan_sampleOfARecipe_isFound(String name, Kind kind, String path, String content) {
        assertThat(new Scanned(directory).laidOver(path, content).findings()).containsExactly(new Finding(path, kind));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void scan_sampleMadeByAPackage_isFound(String name, Kind kind, String path, String content) {
        assertThat(new Scanned(directory).made(path, content).findings()).containsExactly(new Finding(path, kind));
    }

    /** Whatever it is: a form that nobody knows is found by its being there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void scan_unknownFormAtThatPlaceMadeByAPackage_isFound(String name, Kind kind, String path, String content) {
        assertThat(new Scanned(directory)
                        .made(path + ".new", "a form of its own")
                        .findings())
                .extracting(Finding::path)
                .containsExactly(path + ".new");
    }

    private static Arguments sample(String name, Kind kind, String path, String content) {
        return Arguments.of(name, kind, path, content);
    }
}
