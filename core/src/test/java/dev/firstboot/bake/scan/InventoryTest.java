package dev.firstboot.bake.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.internal.tool.Tool;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file must come from somewhere. */
class InventoryTest {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\n" + "MIICdgIBADANBgkqhkiG9w0BAQEFAASC\n".repeat(6);
    private static final long TIME = 1_700_000_000L;

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    private Scanned scanned;

    @BeforeEach
    void begin() {
        scanned = new Scanned(directory);
    }

    @Test
    void scan_fileThatNobodyExplains_namesItAndItsMaker() {
        scanned.shipped("munge", "/etc/munge/README", "text")
                .installed(tar ->
                        tar.text("/var/lib/dpkg/info/munged.postinst", "#!/bin/sh\ncreate > /etc/munge/other.state\n"))
                .installed(tar -> tar.text("/var/lib/dpkg/info/munged.list", "/.\n"))
                .made("/etc/munge/other.state", "made here")
                .made("/etc/munge/more", "made here");

        assertThat(scanned.findings())
                .containsExactly(
                        new Finding("/etc/munge/more", Kind.UNEXPLAINED, "in a directory of munge"),
                        new Finding(
                                "/etc/munge/other.state", Kind.UNEXPLAINED, "named by the install script of munged"));
    }

    @Test
    void scan_conffileChangedAfterwards_isFound() {
        scanned.conffile("app", "/etc/app.conf", "as shipped\n").made("/etc/app.conf", "as changed\n");

        assertThat(scanned.findings())
                .containsExactly(
                        new Finding("/etc/app.conf", Kind.CHANGED, "shipped by app and changed by an install script"));
    }

    @Test
    void scan_asDebianShippedIt_isPublicWhateverItHolds() {
        String big = "x".repeat(2_000_000) + KEY;
        scanned.installed(tar -> tar.directory("/usr/lib").link("/lib", "usr/lib"))
                .shipped("python3-test", "/usr/share/python3/test/key.pem", KEY)
                .recorded("merged", "/lib/app/key.pem", KEY)
                .made("/usr/lib/app/key.pem", KEY)
                .shipped("large", "/usr/lib/large", big)
                .conffile("app", "/etc/app/example.pem", KEY)
                .made("/etc/app/example.pem", KEY);

        ScanResult result = scanned.result();
        assertThat(result.findings()).isEmpty();
        assertThat(result.explained().keySet()).allMatch(path -> path.startsWith("/var/lib/dpkg/"));
    }

    @Test
    void scan_changedAfterDebianShippedIt_isFoundByItsContent() {
        scanned.recorded("app", "/usr/lib/app/key.pem", "other").made("/usr/lib/app/key.pem", KEY);

        assertThat(scanned.findings())
                .containsExactly(new Finding(
                        "/usr/lib/app/key.pem", Kind.PRIVATE_KEY, "shipped by app and changed by an install script"));
    }

    @Test
    void scan_privatePackage_isExplainedButNotPublic() {
        scanned.privatePackage("ours")
                .shipped("ours", "/usr/lib/ours/key.pem", KEY)
                .made("/srv/copy", KEY);

        assertThat(scanned.findings())
                .containsExactly(
                        new Finding("/srv/copy", Kind.PRIVATE_KEY),
                        new Finding("/usr/lib/ours/key.pem", Kind.PRIVATE_KEY, "shipped by ours"));
    }

    @Test
    void scan_fileMovedAsideByAnotherPackage_isWhereItWasMoved() {
        scanned.installed(tar -> tar.text(
                        "/var/lib/dpkg/diversions",
                        "/usr/bin/pg_config\n/usr/bin/pg_config.libpq-dev\npostgresql-common\n"))
                .recorded("libpq-dev", "/usr/bin/pg_config", "moved")
                .made("/usr/bin/pg_config.libpq-dev", "moved")
                .shipped("postgresql-common", "/usr/bin/pg_config", "in its place");

        assertThat(scanned.findings()).isEmpty();
    }

    @Test
    void scan_copyOfAShippedFile_isExplainedAndStillSearched() {
        scanned.shipped(
                        "base-files",
                        "/usr/share/base-files/profile",
                        "# example: password: hunter22\npassword: hunter22\n")
                .made("/etc/profile", "# example: password: hunter22\npassword: hunter22\n")
                .shipped("openssl", "/usr/share/doc/openssl/key.pem", KEY)
                .made("/etc/app/key.pem", KEY);

        assertThat(scanned.findings())
                .containsExactly(
                        new Finding("/etc/app/key.pem", Kind.PRIVATE_KEY, "a copy of a file that a package ships"));
    }

    @Test
    void scan_allowed_passesButForWhatIsCertain() {
        scanned.made("/etc/notes.yml", "password: hunter22\n")
                .made("/var/lib/app/a/b", "made here")
                .made("/var/lib/apple", "made here")
                .made("/root/.ssh/authorized_keys", "ssh-ed25519 AAAA joe\n")
                .made("/etc/key.yml", KEY)
                .allowed("/etc/notes.yml")
                .allowed("/var/lib/app")
                .allowed("/root/.ssh/authorized_keys")
                .allowed("/etc/key.yml");

        ScanResult result = scanned.result();
        assertThat(result.findings())
                .containsExactly(
                        new Finding("/etc/key.yml", Kind.PRIVATE_KEY, "allowed by a recipe"),
                        new Finding("/var/lib/apple", Kind.UNEXPLAINED));
        assertThat(result.explained()).containsEntry("/etc/notes.yml", "allowed by a recipe");
    }

    @Test
    void scan_emptyFilesLinksAndDevices_areJudgedByWhatTheySay() {
        scanned.installed(tar -> tar.text("/var/lib/app/stamp", "")
                .text("/etc/real", "")
                .link("/etc/alternatives/real", "/etc/real")
                .link("/etc/mtab", "../proc/self/mounts")
                .link("/home/joe/.#draft", "joe@build-host.1234")
                .device("/dev/null")
                .device("/srv/jail/null"));

        assertThat(scanned.findings()).extracting(Finding::path).containsExactly("/home/joe/.#draft", "/srv/jail/null");
    }

    @Test
    void scan_hardLinkToAShippedFile_isACopyOfIt() {
        scanned.shipped("app", "/usr/bin/app", "program")
                .installed(tar -> tar.hardLink("/usr/bin/app2", "/usr/bin/app"))
                .installed(tar -> tar.hardLink("/etc/machine-id", "/usr/bin/app"));

        assertThat(scanned.findings())
                .containsExactly(
                        new Finding("/etc/machine-id", Kind.MACHINE_ID, "a copy of a file that a package ships"));
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/ld.so.cache, glibc-ld.so.cache1.1xyz, true",
        "/etc/ld.so.cache, anything, false",
        "/etc/shells, /bin/sh, true",
        "/etc/shells, hello, false",
        "/etc/fstab, # nothing, true",
        "/etc/fstab, //nas/share /mnt cifs username=joe 0 0, false",
        "/etc/apt/sources.list, deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://a x main, true",
        "/etc/apt/sources.list, deb http://a x main, false",
        "/var/lib/dpkg/info/none.postinst, #!/bin/sh, false",
        "/var/lib/dpkg/alternatives/x, auto, true",
        "/etc/pam.d/common-auth, auth required pam_unix.so, true",
        "/etc/pam.d/common-auth, joe:secretword, false",
        "/etc/pam.d/other, auth required pam_unix.so, false",
        "/etc/initramfs-tools/conf.d/10-firstboot, COMPRESS=zstd, false",
    })
    void scan_generatedFile_isExplainedIfItLooksLikeOne(String path, String content, boolean explained) {
        assertThat(scanned.made(path, content).findings().isEmpty()).isEqualTo(explained);
    }

    @Test
    void scan_compiledPython_mustBeOfAFileThatIsShipped() {
        scanned.shipped("app", "/usr/lib/python3/app.py", "print(1)\n")
                .installed(tar -> tar.file("/usr/lib/python3/__pycache__/app.cpython-313.pyc", pyc(TIME, 9), Map.of())
                        .file("/usr/lib/python3/__pycache__/app.cpython-312.pyc", pyc(TIME, 10), Map.of())
                        .file("/usr/lib/python3/__pycache__/other.cpython-313.pyc", pyc(TIME, 9), Map.of()));

        assertThat(scanned.findings())
                .extracting(Finding::path)
                .containsExactly(
                        "/usr/lib/python3/__pycache__/app.cpython-312.pyc",
                        "/usr/lib/python3/__pycache__/other.cpython-313.pyc");
    }

    @Test
    void scan_trustStoreOfJava_isExplainedUnlessItHoldsAKey() throws Exception {
        KeyStore given = KeyStore.getInstance("PKCS12");
        Path made = directory.resolve("made.p12");
        Tool.of("keytool", "openjdk-17-jre-headless")
                .run("-genkeypair", "-keyalg", "EC", "-dname", "CN=ca", "-alias", "ca", "-storetype", "PKCS12")
                .add("-storepass", "changeit", "-keystore", made.toString())
                .execute();
        try (InputStream in = Files.newInputStream(made)) {
            given.load(in, PASSWORD);
        }
        KeyStore certificates = KeyStore.getInstance("JKS");
        certificates.load(null, null);
        certificates.setCertificateEntry("ca", given.getCertificate("ca"));
        KeyStore keys = KeyStore.getInstance("JKS");
        keys.load(null, null);
        keys.setKeyEntry("ca", given.getKey("ca", PASSWORD), PASSWORD, given.getCertificateChain("ca"));

        assertThat(trusting(certificates).findings()).isEmpty();
        assertThat(trusting(keys).findings()).extracting(Finding::kind).containsExactly(Kind.UNEXPLAINED);
    }

    private Scanned trusting(KeyStore store) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD);
        return new Scanned(directory).made("/etc/ssl/certs/java/cacerts", bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private static byte[] pyc(long time, int size) {
        byte[] bytes =
                ("\u00f3\r\r\n" + "\0".repeat(4) + "\0".repeat(8) + "code").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 4; i++) {
            bytes[8 + i] = (byte) (time >> (8 * i));
            bytes[12 + i] = (byte) (size >> (8 * i));
        }
        return bytes;
    }
}
