package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "etc", "/etc/", "//etc", "/etc/../x", "/etc/./x", "/a\nb", "/a\0b"})
    void unixPath_notNormalized_isRefusedByName(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> UnixPath.of(path)).withMessageContaining("path '");
    }

    /** As file systems count. */
    @Test
    void unixPath_longName_isToldAsThat() {
        for (String name : List.of("a".repeat(256), "ä".repeat(128))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UnixPath.of("/srv/" + name + "/x"))
                    .withMessageContaining("longer than 255 bytes")
                    .withMessageNotContaining("normalized");
        }
        assertThat(UnixPath.of("/srv/" + "a".repeat(255)).value()).hasSize(260);
    }

    @Test
    void unixPath_startsWith_comparesWholeParts() {
        assertThat(UnixPath.of("/etc/x").startsWith(UnixPath.of("/etc"))).isTrue();
        assertThat(UnixPath.of("/etcetera").startsWith(UnixPath.of("/etc"))).isFalse();
        assertThat(UnixPath.of("/etc").startsWith(UnixPath.of("/"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Nginx", "ngi nx", "-x", "nginx=1.2", "nginx;reboot", "bash\n"})
    void packageName_notPolicy_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackageName.of(name))
                .withMessageContaining("package name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "chat..com", "-a.com", "a.com.", "a b.com", "1.2.3.4", "a_b.com", "x;y.com"})
    void domainName_notFullyQualified_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of(name))
                .withMessageContaining("domain '");
    }

    @Test
    void domainName_anyCaseAndLetters_becomesAscii() {
        assertThat(DomainName.of("Chat.Example.COM")).hasToString("chat.example.com");
        assertThat(DomainName.of("bücher.example")).hasToString("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Chat", "-chat", "chat-", "my chat", "../x"})
    void imageName_notALabel_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Image.builder().name(name))
                .withMessageContaining("image name");
    }

    @Test
    void unit_valueWithLineBreak_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unit.named("a.service").set("Service", "ExecStart", "/bin/true\nUser=root"));
    }

    @Test
    void unit_text_groupsBySectionInOrder() {
        Unit unit = Unit.named("a.service")
                .set("Unit", "Description", "A")
                .set("Service", "ExecStart", "/bin/true")
                .set("Unit", "After", "b.service");

        assertThat(unit.text()).isEqualTo("[Unit]\nDescription=A\nAfter=b.service\n\n[Service]\nExecStart=/bin/true\n");
    }

    @Test
    void byteSize_toString_isForPeople() {
        assertThat(ByteSize.gibibytes(8)).hasToString("8 GiB");
        assertThat(ByteSize.bytes(1_310_720)).hasToString("1.25 MiB");
        assertThat(ByteSize.bytes(17)).hasToString("17 B");
    }

    @Test
    void dataset_oddRecordSize_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetSpec.stack("d", "/d").recordSize(ByteSize.bytes(1000)))
                .withMessageContaining("power of two");
    }

    @Test
    void packageSource_passwordInUri_isRefusedWithoutTellingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PackageSource(
                        "x",
                        URI.create("https://me:hunter2@example.com/"),
                        "stable",
                        List.of("main"),
                        "-----BEGIN PGP PUBLIC KEY BLOCK-----"))
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(ints = {644, 755, 600, 640, 700, 400, 444, 777})
    void fileMode_inDecimal_isRefusedWithWhatIsMeant(int bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileEntry.text("/srv/x", "x").mode(bits))
                .withMessageContaining("file mode " + bits + " is a decimal number")
                .withMessageContaining("write 0" + bits);
        assertThat(new FileMode("1204").bits()).isEqualTo(644);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0400, 0600, 0640, 0644, 0755, 0777, 01777, 02750, 04755, 06755})
    void fileMode_inOctal_isTaken(int bits) {
        assertThat(FileMode.of(bits).bits()).isEqualTo(bits);
    }

    @Test
    void packageSource_ofAFile_namesTheWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source("file:///srv/debs"))
                .withMessageContaining("apt would look for 'file:///srv/debs' inside the new system")
                .withMessageContaining("say copy:/srv/debs");
        assertThat(source("copy:/srv/debs").uri()).hasPath("/srv/debs");
    }

    @Test
    void addresses_withoutAHost_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source("https:/debian"))
                .withMessageContaining("names no host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Download.of("https:/x", "0".repeat(64), "/srv/x"))
                .withMessageContaining("names no host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Download.of("banana", "0".repeat(64), "/srv/x"))
                .withMessageContaining("must be an http, https or file URI");
    }

    private static PackageSource source(String uri) {
        return new PackageSource("x", URI.create(uri), "./", List.of(), "-----BEGIN PGP PUBLIC KEY BLOCK-----");
    }

    @Test
    void digestShortened_longName_isCutAndToldFromOthers() {
        assertThat(Digest.shortened("short", 14)).isEqualTo("short");
        assertThat(Digest.shortened("a".repeat(63), 63)).isEqualTo("a".repeat(63));
        assertThat(Digest.shortened("a".repeat(64), 63))
                .hasSize(63)
                .startsWith("a".repeat(50) + "-")
                .isNotEqualTo(Digest.shortened("a".repeat(65), 63));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.shortened("name", 13));
    }

    @Test
    void claims_ofTwo_nameBothAndOfOneTwice_namesIt() {
        List<String> problems = new ArrayList<>();
        Claims claims = new Claims("is needed twice by", problems::add);
        claims.claim("queue a", "one");
        claims.claim("queue b", "one");
        claims.claim("queue a", "two");
        claims.claim("queue b", "one");

        assertThat(problems)
                .containsExactly("queue a is claimed by both one and two", "queue b is needed twice by one");
    }
}
