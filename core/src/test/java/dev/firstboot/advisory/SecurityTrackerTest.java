package dev.firstboot.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTrackerTest {
    private static final List<String> SUITES = List.of("trixie", "trixie-updates", "trixie-security");
    private static final List<String> WITH_BACKPORTS =
            Stream.concat(SUITES.stream(), Stream.of("trixie-backports")).toList();
    private static final List<InstalledPackage> OPENSSL = List.of(
            new InstalledPackage("openssl", "3.5.1-1", "openssl", "3.5.1-1"),
            new InstalledPackage("libssl3t64", "3.5.1-1+b1", "openssl", "3.5.1-1"));
    private static final List<InstalledPackage> ZLIB =
            List.of(new InstalledPackage("zlib1g", "1:1.3.1-1+b2", "zlib", "1:1.3.1-1"));

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void copyTracker() throws IOException {
        try (InputStream in = Objects.requireNonNull(SecurityTrackerTest.class.getResourceAsStream("tracker.json"))) {
            file = Files.write(directory.resolve("tracker.json"), in.readAllBytes());
        }
    }

    private List<Advisory> open(List<String> suites, List<InstalledPackage> installed) {
        return SecurityTracker.at(file).open(suites, installed);
    }

    private static List<InstalledPackage> ejabberd(String version) {
        return List.of(new InstalledPackage("ejabberd", version, "ejabberd", version));
    }

    private static List<String> cves(List<Advisory> advisories) {
        return advisories.stream().map(Advisory::cve).toList();
    }

    @Test
    void open_fixIsInTheSecuritySuite_tellsAllOfIt() {
        Advisory advisory = open(SUITES, OPENSSL).get(0);

        assertThat(advisory.cve()).isEqualTo("CVE-2026-1001");
        assertThat(advisory.source()).isEqualTo("openssl");
        assertThat(advisory.packages()).containsExactly("libssl3t64", "openssl");
        assertThat(advisory.installed()).hasToString("3.5.1-1");
        assertThat(advisory.fixed()).contains(DebianVersion.of("3.5.1-1+deb13u1"));
        assertThat(advisory.fixedIn()).containsExactly("trixie-security");
        assertThat(advisory.urgency()).isEqualTo(Urgency.HIGH);
        assertThat(advisory.noDsa()).isEmpty();
        assertThat(advisory.description()).isEqualTo("A fix is in the security suite.");
        assertThat(advisory)
                .hasToString("CVE-2026-1001 (high) in openssl 3.5.1-1 (libssl3t64, openssl), fixed in 3.5.1-1+deb13u1,"
                        + " which trixie-security has");
    }

    @Test
    void open_fixIsInNoSuiteOfTheImage_isOpenWithoutAFixToTake() {
        Advisory advisory = open(SUITES, OPENSSL).get(1);

        assertThat(advisory.cve()).isEqualTo("CVE-2026-1005");
        assertThat(advisory.fixed()).contains(DebianVersion.of("3.5.1-2"));
        assertThat(advisory.isFixAvailable()).isFalse();
        assertThat(advisory.urgency()).isEqualTo(Urgency.LOW);
    }

    @Test
    void open_fixedNeverThereOrOfAnotherRelease_isNotListed() {
        assertThat(cves(open(SUITES, OPENSSL))).containsExactly("CVE-2026-1001", "CVE-2026-1005");
    }

    @Test
    void open_versionWithTheFix_isNotListed() {
        List<InstalledPackage> fixed =
                List.of(new InstalledPackage("openssl", "3.5.1-1+deb13u1", "openssl", "3.5.1-1+deb13u1"));

        assertThat(cves(open(SUITES, fixed))).containsExactly("CVE-2026-1005");
    }

    @Test
    void open_ofSeveralUrgencies_sortsUnimportantLast() {
        List<InstalledPackage> both =
                Stream.concat(ZLIB.stream(), OPENSSL.stream()).toList();

        assertThat(cves(open(SUITES, both)))
                .containsExactly(
                        "CVE-2026-1001", "CVE-2026-1005", "CVE-2026-2001", "CVE-2026-2002", "TEMP-0000000-ABCDEF");
    }

    @Test
    void open_noUpdateIsPlanned_tellsWhy() {
        Advisory advisory = open(SUITES, ZLIB).get(0);

        assertThat(advisory.noDsa()).contains("Minor issue (postponed)");
        assertThat(advisory.fixed()).isEmpty();
        assertThat(advisory)
                .hasToString(
                        "CVE-2026-2001 (not yet assigned) in zlib 1:1.3.1-1 (zlib1g), no fix; Minor issue (postponed)");
    }

    /** Where a backport comes from decides, not the release's own older line. */
    @ParameterizedTest
    @CsvSource({
        "26.07-1~bpo13+1, 'CVE-2026-3003,CVE-2026-3004'",
        "26.05-1~bpo13+1, 'CVE-2026-3003,CVE-2026-3004,CVE-2026-3001,CVE-2026-3002'",
        "24.12-3, 'CVE-2026-3003,CVE-2026-3001,CVE-2026-3002'",
        "24.12-3+deb13u1, 'CVE-2026-3001,CVE-2026-3002'",
    })
    void open_backport_goesByTheReleasesItComesFrom(String version, String cves) {
        assertThat(String.join(",", cves(open(SUITES, ejabberd(version))))).isEqualTo(cves);
    }

    @Test
    void open_backportsHaveTheFix_tellsSoOnlyIfTheImageUsesThem() {
        Advisory without = open(SUITES, ejabberd("24.12-3")).get(1);
        Advisory with = open(WITH_BACKPORTS, ejabberd("24.12-3")).get(1);

        assertThat(without.cve()).isEqualTo("CVE-2026-3001");
        assertThat(without.isFixAvailable()).isFalse();
        assertThat(with.fixedIn()).containsExactly("trixie-backports");
        assertThat(with.fixed()).contains(DebianVersion.of("26.07-1~bpo13+1"));
    }

    @Test
    void open_backportWithoutTheFix_tellsWhereTheLineHasIt() {
        Advisory advisory = open(WITH_BACKPORTS, ejabberd("26.07-1~bpo13+1")).get(0);

        assertThat(advisory.cve()).isEqualTo("CVE-2026-3003");
        assertThat(advisory.fixed()).contains(DebianVersion.of("26.07-2"));
        assertThat(advisory.isFixAvailable()).isFalse();
    }

    @Test
    void open_nameOfAFile_isItsUri() {
        assertThat(SecurityTracker.at(file.toUri()).open(SUITES, OPENSSL)).isEqualTo(open(SUITES, OPENSSL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>not found</html>",
                "[]",
                "{\"openssl\": {\"CVE-2026-1\": {\"releases\": {\"trixie\": {\"status\": \"open\"",
                "{\"openssl\": [\"CVE-2026-1\"]}",
                "{\"openssl\": {\"CVE-2026-1\": {\"releases\": {\"trixie\": {\"status\": \"resolved\", \"fixed_version\": \"1 2\"}}}}}",
                "{\"openssl\": {\"CVE-2026-1\": {\"releases\": {\"trixie\": {\"status\": \"open\"}}}}} {}",
            })
    void open_damagedOrForeignFile_namesIt(String content) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> open(SUITES, OPENSSL))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContainingAll(file.toUri().toString(), "security tracker", "fetch it again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"openssl\": {\"CVE-2026-1\": {\"releases\": {\"jessie\": {\"status\": \"open\"}}}}}"})
    void open_tellsNothingOfTheRelease_isNotTakenForSafe(String content) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> open(SUITES, OPENSSL))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContainingAll(file.toUri().toString(), "nothing of Debian trixie");
    }

    @Test
    void open_fileIsMissing_namesIt() throws IOException {
        Files.delete(file);

        assertThatThrownBy(() -> open(SUITES, OPENSSL))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("cannot read advisories from " + file.toUri());
    }

    @Test
    void open_manifestDoesNotTellSourcePackages_saysToBakeAgain() {
        assertThatThrownBy(() -> open(SUITES, List.of()))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("bake it again");
    }

    @Test
    void at_plainHttp_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityTracker.at(URI.create("http://security-tracker.example.com/json")))
                .withMessageContaining("https");
    }

    /** As large as the real one, through a heap that could not hold it: the time it takes is that of reading. */
    @Test
    void open_largeTracker_isReadInASmallHeap() throws Exception {
        String entry =
                "\"CVE-2026-%d\": {\"description\": \"%s\", \"releases\": {\"trixie\": {\"status\": \"open\", \"repositories\": {\"trixie\": \"1-1\"}, \"urgency\": \"low\"}}}";
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("{");
            for (int source = 0; source < 100; source++) {
                out.write((source == 0 ? "" : ",") + "\"source" + source + "\": {");
                for (int cve = 0; cve < 1000; cve++) {
                    out.write((cve == 0 ? "" : ",") + entry.formatted(source * 1000 + cve, "x".repeat(600)));
                }
                out.write("}");
            }
            out.write("}");
        }
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountOpen.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("1000 open\n");
        assertThat(Files.size(file)).isGreaterThan(60_000_000);
    }

    /** Run in a JVM of its own by the test above. */
    static final class CountOpen {
        public static void main(String[] arguments) {
            List<Advisory> open = SecurityTracker.at(Path.of(arguments[0]))
                    .open(SUITES, List.of(new InstalledPackage("one", "1-1", "source7", "1-1")));
            System.out.println(open.size() + " open");
        }
    }
}
