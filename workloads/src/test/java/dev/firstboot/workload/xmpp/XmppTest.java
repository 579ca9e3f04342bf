package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;
import dev.firstboot.image.Release;
import dev.firstboot.workload.ImageFiles;
import dev.firstboot.workload.tls.Acme;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmppTest {
    private static final Xmpp XMPP = Xmpp.cluster("chat.example.com");

    @ParameterizedTest
    @EnumSource(Release.class)
    void recipe_anyRelease_makesAnImageThatSurvivesJson(Release release) {
        Image image =
                Image.builder().name("chat").release(release).workload(XMPP).build();

        assertThat(Image.fromJson(image.toJson())).isEqualTo(image);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void recipe_askedTwice_isEqual(Release release) {
        assertThat(XMPP.recipe(release))
                .isEqualTo(Xmpp.cluster("CHAT.example.com").recipe(release));
    }

    @Test
    void nodes_one_isAccepted() {
        assertThat(XMPP.nodes(1)).isEqualTo(XMPP);
    }

    @Test
    void nodes_moreThanOne_isRefusedAndSaysSo() {
        assertThatThrownBy(() -> XMPP.nodes(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nodes(3) of chat.example.com is not possible yet")
                .hasMessageContaining("use nodes(1)");
    }

    @Test
    void nodes_none_isRefused() {
        assertThatThrownBy(() -> XMPP.nodes(0)).hasMessageContaining("0 nodes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "chat_example.com", "a..b", "-x.example.com", "chat.example.com/x"})
    void cluster_invalidDomain_isRefusedByName(String domain) {
        assertThatThrownBy(() -> Xmpp.cluster(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + domain + "'");
    }

    @Test
    void cluster_domainLongerThanEjabberdTakes_isRefusedWithItsLimit() {
        String labels = ("a".repeat(62) + ".").repeat(3);

        assertThat(Xmpp.cluster(labels + "b".repeat(219 - 189 - 4) + ".com")
                        .domain()
                        .value())
                .hasSize(219);
        assertThat(Image.builder()
                        .name("chat")
                        .workload(Xmpp.cluster(labels + "b".repeat(219 - 189 - 4) + ".com"))
                        .build())
                .isNotNull();
        assertThatThrownBy(() -> Xmpp.cluster(labels + "b".repeat(220 - 189 - 4) + ".com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 220 characters")
                .hasMessageContaining("219 at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Admin", "a b", "a@b", "\"", "firstboot-probe"})
    void admin_invalidName_isRefused(String name) {
        assertThatThrownBy(() -> XMPP.admin(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void uploadLimit_set_reachesBothServers() {
        ImageFiles files = ImageFiles.of(XMPP.uploadLimit(ByteSize.mebibytes(7)), Release.DEBIAN_13);

        assertThat(files.text(EjabberdConfig.FILE)).contains("max_size: 7340032");
        assertThat(files.text("/etc/nginx/conf.d/upload.chat.example.com.conf"))
                .contains("client_max_body_size 7340032;");
    }

    @Test
    void uploadLimit_outOfRange_isRefused() {
        assertThatThrownBy(() -> XMPP.uploadLimit(ByteSize.gibibytes(5))).hasMessageContaining("upload limit");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void console_notAskedFor_isOnLoopbackOnly(Release release) {
        String nginx = nginx(XMPP, release);

        assertThat(nginx).doesNotContain("5282", "/admin", "/api");
        assertThat(ImageFiles.of(XMPP, release).text("/etc/nginx/conf.d/localhost-5281.conf"))
                .contains("listen 127.0.0.1:5281;", "location /admin {");
    }

    @Test
    void console_networks_areAllAndTheOnlyOnes() {
        assertThat(nginx(XMPP.console("10.0.0.0/8", "2001:db8::/32"), Release.DEBIAN_13))
                .contains("        allow 10.0.0.0/8;\n        allow 2001:db8::/32;\n        deny all;\n");
    }

    @Test
    void console_networks_areToldWithThePort() {
        assertThat(purpose(XMPP)).doesNotContain("console");
        assertThat(purpose(XMPP.console("10.0.0.0/8", "::/0"))).contains("console for 10.0.0.0/8, ::/0");
    }

    private static String purpose(Xmpp xmpp) {
        return Image.builder().name("chat").workload(xmpp).build().recipes().stream()
                .flatMap(recipe -> recipe.ports().stream())
                .filter(port -> port.number() == 443)
                .findFirst()
                .orElseThrow()
                .purpose();
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void console_api_isOfDebian13Only(Release release) {
        Xmpp open = XMPP.console("0.0.0.0/0", "::/0");
        String ejabberd = ImageFiles.of(open, release).text(EjabberdConfig.FILE);

        assertThat(ejabberd.contains("mod_http_api")).isEqualTo(release == Release.DEBIAN_13);
        assertThat(nginx(open, release).contains("location /api/")).isEqualTo(release == Release.DEBIAN_13);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.1/8",
                "example.com",
                "2001:db8::/129",
                "2001:db8::1/32",
                "1::2::3",
                "10.0.0.0/8;",
                "all"
            })
    void console_notANetwork_isRefusedByName(String network) {
        assertThatThrownBy(() -> XMPP.console("10.0.0.0/8", network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network '" + network + "'");
    }

    @Test
    void console_noNetwork_isRefused() {
        assertThatThrownBy(() -> XMPP.console()).hasMessageContaining("names no network");
    }

    private static String nginx(Xmpp xmpp, Release release) {
        return ImageFiles.of(xmpp, release).text("/etc/nginx/conf.d/chat.example.com.conf");
    }

    @Test
    void acme_anotherDirectory_isInTheUnit() {
        ImageFiles files =
                ImageFiles.of(XMPP.acme(Acme.of(URI.create("https://acme.example/dir%20x"))), Release.DEBIAN_13);

        assertThat(files.unit("tls-acme-chat.example.com.service"))
                .contains("ACME_DIRECTORY=https://acme.example/dir%%20x");
    }

    @Test
    void acme_notAUrl_isRefused() {
        assertThatThrownBy(() -> Acme.of(URI.create("ftp://x/"))).hasMessageContaining("ftp://x/");
    }

    @Test
    void scram_otherHash_isConfigured() {
        assertThat(ImageFiles.of(XMPP.scram(ScramHash.SHA256), Release.DEBIAN_13)
                        .text(EjabberdConfig.FILE))
                .contains("auth_scram_hash: sha256");
    }

    @Test
    void toString_always_saysWhatItIs() {
        assertThat(XMPP).hasToString("Xmpp[chat.example.com, 1 node, administrator admin@chat.example.com]");
    }
}
