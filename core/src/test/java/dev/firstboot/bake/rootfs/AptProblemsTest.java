package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.Release;
import dev.firstboot.plan.PackageChoice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AptProblemsTest {
    private static Optional<StepException> cause(String... tail) {
        return AptProblems.cause(List.of(tail), PackageChoice.only(Release.DEBIAN_13), HostSettings.usual());
    }

    /** A typing error in an address is not an attack. */
    @Test
    void cause_noArchiveAtTheAddress_speaksOfTheAddressAndNotOfKeys() {
        assertThat(
                        cause(
                                "Err:2 http://deb.example.com/debain trixie Release",
                                "  404  Not Found",
                                "E: The repository 'http://deb.example.com/debain trixie Release' does not have a Release file."))
                .hasValueSatisfying(e -> {
                    assertThat(e).hasMessageContainingAll("no archive", "http://deb.example.com/debain");
                    assertThat(e.hint())
                            .contains("mirror(...)", "securityMirror(...)")
                            .doesNotContain("keyring");
                });
    }

    /** apt says "not signed" also of what a server refuses to give. */
    @Test
    void cause_serverRefuses_speaksOfTheAddressAndNotOfKeys() {
        assertThat(cause(
                        "E: Failed to fetch http://deb.example.com/debain/dists/trixie/InRelease  400  Bad Request [IP: 192.0.2.1 80]",
                        "E: The repository 'http://deb.example.com/debain trixie InRelease' is not signed."))
                .hasValueSatisfying(
                        e -> assertThat(e.hint()).contains("mirror(...)").doesNotContain("keyring"));
    }

    /** A page for people, where a mirror was expected. */
    @Test
    void cause_pageAtTheAddress_speaksOfTheAddressAndNotOfKeys() {
        assertThat(cause(
                        "Err:1 http://www.example.com/mirror trixie InRelease",
                        "  Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)",
                        "E: Failed to fetch http://www.example.com/mirror/dists/trixie/InRelease  Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)",
                        "E: The repository 'http://www.example.com/mirror trixie InRelease' is not signed."))
                .hasValueSatisfying(e -> {
                    assertThat(e)
                            .hasMessageContaining("no archive of Debian")
                            .hasMessageNotContaining("key has signed");
                    assertThat(e.hint()).contains("mirror(...)").doesNotContain("keyring");
                });
    }

    @Test
    void cause_strangersKeyBesideAPage_speaksOfKeys() {
        assertThat(cause(
                        "E: Failed to fetch http://www.example.com/mirror/dists/trixie/InRelease  Clearsigned file isn't valid, got 'NOSPLIT'",
                        "W: GPG error: http://deb.example.com/debian trixie InRelease: NO_PUBKEY 0123456789ABCDEF"))
                .hasValueSatisfying(e -> assertThat(e.hint()).contains("cannot be checked"));
    }

    @Test
    void cause_strangersKeyBesideARefusal_speaksOfKeys() {
        assertThat(cause(
                        "E: Failed to fetch http://deb.example.com/debain/dists/trixie/InRelease  400  Bad Request [IP: 192.0.2.1 80]",
                        "W: GPG error: http://deb.example.com/debian trixie InRelease: NO_PUBKEY 0123456789ABCDEF"))
                .hasValueSatisfying(e -> assertThat(e.hint()).contains("cannot be checked"));
    }

    @Test
    void cause_notSigned_speaksOfKeys() {
        assertThat(cause("E: The repository 'http://deb.example.com/debian trixie Release' is not signed."))
                .hasValueSatisfying(e -> assertThat(e.hint()).contains("cannot be checked", "debian-archive-keyring"));
    }

    @Test
    void cause_archiveOutOfReach_speaksOfTheNetwork() {
        assertThat(cause(
                        "E: Failed to fetch http://127.0.0.1:9/debian/dists/trixie/InRelease  Could not connect to 127.0.0.1:9",
                        "E: The repository 'http://127.0.0.1:9/debian trixie Release' does not have a Release file."))
                .hasValueSatisfying(e -> assertThat(e.hint()).contains("network"));
    }

    @Test
    void cause_unknown_isEmpty() {
        assertThat(cause("Reading package lists...")).isEmpty();
    }
}
