package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

public class ImageTest {
    private static final Recipe SITE = Recipe.builder("site")
            .addPackages("nginx")
            .addDownload(Download.of("https://example.com/x", "0".repeat(64), "/srv/x"))
            .addUser(User.system("site").groups("www-data"))
            .addRemoval("/etc/nginx/sites-enabled/default")
            .allow("/etc/notes.yml")
            .addFile(FileEntry.text("/srv/www/index.html", "hello"))
            .addFile(FileEntry.bytes("/srv/www/favicon.ico", new byte[] {0, 1, (byte) 0xff}))
            .addFile(FileEntry.directory("/srv/www/empty").owner("site", "site").mode(02750))
            .addFile(FileEntry.symlink("/srv/www/home", "index.html"))
            .addFile(FileEntry.template(
                    "/etc/site.conf",
                    Template.builder()
                            .text("password: ")
                            .secret("admin-password", Escape.YAML)
                            .fact(Template.Fact.HOSTNAME, Escape.NONE)
                            .build()))
            .addUnit(Unit.dropIn("nginx.service", "limits").set("Service", "LimitNOFILE", "65536"))
            .addDataset(Dataset.stack("www", "/srv/www").recordSize(ByteSize.kibibytes(128)))
            .addSecret(Secret.password("admin-password", 24))
            .addStep(FirstBootStep.script("prepare", "#!/bin/sh\ntrue\n").before("nginx.service"))
            .addPort(Port.tcp(80, "web"))
            .addProbe(Probe.http("web", "http://localhost/", 200))
            .addProbe(Probe.command("own", "/bin/true"))
            .build();

    private static Image.Builder image() {
        return Image.builder().name("web");
    }

    @Test
    void toJson_everyPart_roundTrips() {
        Image image = image().release(Release.DEBIAN_12)
                .kernel(Kernel.GENERIC)
                .withoutGuestAgent()
                .backport("zfs-linux")
                .backport("nginx")
                .backport("zfs-linux")
                .recipe(SITE)
                .build();

        assertThat(image.backports()).containsExactly(PackageName.of("zfs-linux"), PackageName.of("nginx"));
        assertThat(image.guestAgent()).isFalse();
        assertThat(Image.fromJson(image.toJson())).isEqualTo(image).hasToString(image.toString());
        assertThat(Image.fromJson(image.toJson()).toJson()).isEqualTo(image.toJson());
        assertThat(image.toBuilder().build()).isEqualTo(image);
        assertThat(SITE.toBuilder().build()).isEqualTo(SITE).hasSameHashCodeAs(SITE);
    }

    @Test
    void toBuilder_nameAndKernel_canBeReplaced() {
        Image image =
                Image.builder().name("one").kernel(Kernel.CLOUD).recipe(SITE).build();
        Image changed = image.toBuilder().name("two").kernel(Kernel.GENERIC).build();
        assertThat(changed.name()).isEqualTo("two");
        assertThat(changed.kernel()).isEqualTo(Kernel.GENERIC);
        assertThat(changed.recipes()).isEqualTo(image.recipes());
        assertThatThrownBy(() -> image.toBuilder().release(Release.DEBIAN_12))
                .hasMessageContaining("release is set twice");
    }

    @Test
    void fromJson_unknownField_isNamed() {
        String json = image().recipe(SITE).build().toJson().replaceFirst("\"number\"", "\"speed\" : 9, \"number\"");

        assertThatThrownBy(() -> Image.fromJson(json))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("unknown field 'speed'")
                .hasMessageContaining("recipes[0].ports[0]");
    }

    @Test
    void fromJson_ofBeforeTheGuestAgentCouldBeLeftOut_hasIt() {
        Image image = image().recipe(SITE).build();
        String old = image.toJson().replaceFirst(" *\"guestAgent\" : true,\n", "");

        assertThat(old).doesNotContain("guestAgent");
        assertThat(Image.fromJson(old)).isEqualTo(image);
        assertThat(image.guestAgent()).isTrue();
    }

    /** The version is told, whatever else a later one has that this one does not know. */
    @Test
    void fromJson_ofALaterSchema_tellsTheVersion() {
        String json = image().recipe(SITE).build().toJson().replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2");

        for (String later :
                List.of(json, json.replace("\"release\"", "\"base\""), json.replace("\"bytes\"", "\"blob\""))) {
            assertThatThrownBy(() -> Image.fromJson(later))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContainingAll("schemaVersion 2 is not known", "reads 1", "a newer one wrote this");
        }
    }

    @Test
    void fromJson_badValueInside_isToldWithItsPlace() {
        String json = image().recipe(SITE).build().toJson().replaceFirst("\"/srv/www/index.html\"", "\"srv/../x\"");

        assertThatThrownBy(() -> Image.fromJson(json))
                .hasMessageContaining("'srv/../x' must be absolute")
                .hasMessageContaining("recipes[0].files[0].path");
    }

    @Test
    void fromJson_notJson_isToldWithLine() {
        assertThatThrownBy(() -> Image.fromJson("{\n oops")).hasMessageContaining("line 2");
    }

    @Test
    void build_withoutName_saysHowToGiveOne() {
        assertThatThrownBy(() -> Image.builder().build()).hasMessageContaining("name(");
    }

    @Test
    void name_setTwice_isRefused() {
        assertThatThrownBy(() -> image().name("other"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first web, then other");
    }

    @Test
    void build_twoWorkloadsClaimTheSame_allConflictsAreTold() {
        Recipe rival = Recipe.builder("rival")
                .addUser(User.system("site"))
                .addFile(FileEntry.text("/srv/www/index.html", "mine"))
                .addDataset(Dataset.stack("www", "/var/www"))
                .addPort(Port.tcp(80, "also web"))
                .build();

        assertThatThrownBy(() -> image().recipe(SITE).recipe(rival).build())
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "port 80/tcp is claimed by both site and rival",
                                        "file /srv/www/index.html is claimed by both site and rival",
                                        "user site is claimed by both site and rival",
                                        "dataset www is claimed by both site and rival"));
    }

    @Test
    void build_sameWorkloadTwice_isRefused() {
        assertThatThrownBy(() -> image().recipe(SITE).recipe(SITE).build()).hasMessageContaining("recipe name site");
    }

    @Test
    void build_samePortOnTcpAndUdp_isFine() {
        Recipe dns = Recipe.builder("dns")
                .addPort(Port.tcp(53, "dns"))
                .addPort(Port.udp(53, "dns"))
                .build();

        assertThat(image().recipe(dns).build().recipes()).containsExactly(dns);
    }

    @Test
    void build_templateWithUndeclaredSecret_isRefused() {
        Recipe recipe = Recipe.builder("app")
                .addFile(FileEntry.template(
                        "/etc/a",
                        Template.builder().secret("token", Escape.NONE).build()))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build()).hasMessageContaining("secret token");
    }

    @Test
    void build_probeOfAPortNobodyHas_isRefused() {
        Recipe recipe = Recipe.builder("app")
                .addProbe(Probe.http("web", "https://localhost/", 200))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build()).hasMessageContaining("port 443/tcp");
    }

    @Test
    void build_fileInTheEnginesPlace_isRefused() {
        Recipe recipe = Recipe.builder("app")
                .addFile(FileEntry.text("/etc/firstboot/x", ""))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build()).hasMessageContaining("/etc/firstboot/x");
    }

    @Test
    void allow_fileOrDirectory_isKeptButNotAWholeTopDirectory() {
        Recipe.Builder recipe = Recipe.builder("site").allow("/etc/notes.yml").allow("/var/lib/site");

        assertThat(recipe.build().allowed())
                .containsExactly(UnixPath.of("/etc/notes.yml"), UnixPath.of("/var/lib/site"));
        assertThatThrownBy(() -> recipe.allow("/etc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to allow /etc would allow too much");
        assertThatThrownBy(() -> recipe.allow("/")).isInstanceOf(IllegalArgumentException.class);
    }
}
