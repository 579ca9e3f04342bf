package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Image;
import dev.firstboot.image.PackageName;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.ImageFiles;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The script this project set out from was wrong in thirteen numbered places. Here is what can be said of each by reading a recipe; what
 * only a running machine can show is in the container tests.
 */
class SeedDefectsTest {
    private static final Xmpp XMPP = Xmpp.cluster("chat.example.com");
    private static final List<Recipe> RECIPES =
            Image.builder().name("chat").workload(XMPP).build().recipes();
    private static final ImageFiles FILES = ImageFiles.of(XMPP, Release.DEBIAN_13);
    private static final String EJABBERD = FILES.text(EjabberdConfig.FILE);
    private static final String NGINX = FILES.text("/etc/nginx/conf.d/chat.example.com.conf")
            + FILES.text("/etc/nginx/conf.d/upload.chat.example.com.conf");

    @Test
    void defect01_secrets_areNotCutFromAPipe() {
        assertThat(FILES.everything()).doesNotContain("/dev/urandom").doesNotContain("pipefail");
        assertThat(all(Recipe::secrets).map(secret -> secret.checkedBy("")))
                .contains(Secret.password("database-password", 40), Secret.password("admin-password", 24));
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void defect02_sqlDriverAndSchema_areThere(Release release) {
        ImageFiles files = ImageFiles.of(XMPP, release);

        assertThat(XMPP.recipe(release).packages()).contains(PackageName.of("erlang-p1-pgsql"));
        String database = files.step("database-ejabberd").script();
        if (release == Release.DEBIAN_12) {
            assertThat(database).contains("/usr/share/ejabberd/sql/pg.new.sql");
            assertThat(files.text(EjabberdConfig.FILE)).contains("new_sql_schema: true");
        } else {
            assertThat(files.text(EjabberdConfig.FILE))
                    .contains("sql_schema_multihost: true", "update_sql_schema: true");
        }
    }

    @Test
    void defect03_services_startAfterTheirConfigurationAndNothingWaitsForAClock() {
        assertThat(FILES.step("certificates").before()).contains("ejabberd.service", "nginx.service");
        assertThat(FILES.step("initdb").before()).contains("postgresql@17-main.service");
        assertThat(FILES.step("database-ejabberd").after()).contains("postgresql@17-main.service");
        assertThat(FILES.step("database-ejabberd").before()).contains("ejabberd.service");
        assertThat(FILES.step("accounts").after()).contains("ejabberd.service");
        assertThat(FILES.unit("ejabberd.service")).contains("Type=notify");
        assertThat(all(Recipe::steps).map(FirstBootStep::script)).noneMatch(script -> script.contains("sleep"));
    }

    @Test
    void defect04_clients_getTlsBeforeALoginAndPasswordsAreScram() {
        assertThat(EJABBERD)
                .contains("certfiles:\n  - \"/var/lib/firstboot/tls/chat.example.com.pem\"")
                .contains("starttls_required: true")
                .contains("auth_password_format: scram");
        assertThat(FILES.text("/usr/lib/firstboot-tls/certificates/chat.example.com.json"))
                .contains(
                        "\"conference.chat.example.com\"", "\"upload.chat.example.com\"", "\"proxy.chat.example.com\"");
        assertThat(FILES.text("/usr/lib/firstboot-tls/tls")).contains("0o640, wanted[\"group\"]");
    }

    @Test
    void defect05_servers_meetOverStarttls() {
        assertThat(EJABBERD).contains("s2s_use_starttls: required");
        assertThat(section("port: 5269")).doesNotContain("tls: true");
    }

    @Test
    void defect06_nginx_speaksPlainHttpToTheListenerThereIs() {
        assertThat(NGINX)
                .doesNotContain("\\")
                .contains("proxy_set_header Upgrade $websocket_upgrade;")
                .contains(
                        "return 301 https://$host$request_uri;",
                        "server_name chat.example.com;",
                        "server_name upload.chat.example.com;")
                .contains("location = /ws {", "location = /bosh {", "location /upload/ {")
                .doesNotContain("proxy_pass https:");
        for (String port : List.of("port: 5280", "port: 5282")) {
            assertThat(section(port)).contains("ip: \"127.0.0.1\"").doesNotContain("tls: true");
        }
        assertThat(EJABBERD).doesNotContain("5443").doesNotContain("1883");
    }

    @Test
    void defect07_administrator_hasItsRights() {
        assertThat(EJABBERD)
                .contains("- \"admin@chat.example.com\"")
                .contains("muc_create:\n    -\n      allow: local")
                .contains("api_permissions:");
    }

    @Test
    void defect08_acme_isWaitedForByNothing() {
        assertThat(FILES.unit("tls-acme-chat.example.com.service"))
                .contains("After=firstboot-ready.target")
                .contains("ConditionPathExists=/var/lib/firstboot/secrets/tls/cloudflare-token");
        assertThat(all(Recipe::steps).toList()).noneMatch(step -> step.script().contains("certbot"));
        assertThat(FILES.text("/usr/lib/firstboot-tls/acme"))
                .contains("--deploy-hook")
                .contains("until flock");
        assertThat(NGINX).doesNotContain("letsencrypt");
    }

    @Test
    void defect09_node_hasANameThatAnotherNodeCouldReach() {
        assertThat(FILES.text("/etc/default/ejabberd"))
                .contains("ERLANG_NODE=ejabberd@node1.chat.example.com\n")
                .doesNotContain("localhost");
        assertThat(FILES.entry("/etc/ejabberd/.erlang.cookie").content()).isInstanceOf(Template.class);
        assertThatThrownBy(() -> XMPP.nodes(2)).hasMessageContaining("not possible yet");
    }

    @Test
    void defect10_database_isOpenToItsOwnClientOnly() {
        assertThat(FILES.text("/etc/postgresql/17/main/pg_hba.conf").lines().skip(1))
                .containsExactly("local all postgres peer", "host ejabberd ejabberd 127.0.0.1/32 scram-sha-256");
        assertThat(FILES.text("/etc/postgresql/17/main/postgresql.conf")).contains("listen_addresses = '127.0.0.1'");
        assertThat(FILES.everything()).doesNotContain("replicator").doesNotContain("rm -rf /var/lib/postgresql");
        assertThat(FILES.step("initdb").user()).isEqualTo("postgres");
    }

    @Test
    void defect11_image_holdsNoSecretAndNoIdentity() {
        List<String> removed = all(Recipe::removals).map(Object::toString).toList();

        assertThat(removed).contains("/etc/ejabberd/ejabberd.pem", "/var/lib/postgresql/17");
        assertThat(all(Recipe::files).toList())
                .filteredOn(file -> file.content() instanceof Template)
                .extracting(FileEntry::path)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("/etc/ejabberd/secrets.yml", "/etc/ejabberd/.erlang.cookie");
        assertThat(EJABBERD).doesNotContain("sql_password:").doesNotContain("secret:");
    }

    @Test
    void defect12_renewal_isCertbotsOwnTimerAndNoCronJob() {
        assertThat(all(Recipe::units).toList())
                .anyMatch(unit -> unit.name().equals("certbot.timer") && unit.state() == Unit.State.ENABLED);
        assertThat(all(Recipe::files).toList())
                .noneMatch(file -> file.path().value().startsWith("/etc/cron"));
        assertThat(FILES.text("/usr/lib/firstboot-tls/tls")).contains("with_servers(each, lambda: deploy(");
    }

    @Test
    void defect13_everythingOfTheService_isInTheOneStack() {
        assertThat(all(Recipe::datasets).toList())
                .extracting(DatasetSpec::placement)
                .containsOnly(DatasetSpec.Placement.STACK);
        assertThat(all(Recipe::datasets).toList())
                .extracting(dataset -> dataset.mountpoint().value())
                .contains("/var/lib/postgresql", "/var/lib/ejabberd", "/var/lib/ejabberd-upload");
    }

    @Test
    void ports_thatAreOpen_areWhatTheDocumentationSays() {
        assertThat(all(Recipe::ports).toList())
                .filteredOn(port -> port.exposure() == Port.Exposure.OPEN && port.number() < Listeners.RELAY_FIRST)
                .extracting(Port::toString)
                .containsExactlyInAnyOrder(
                        "80/tcp",
                        "443/tcp",
                        "5222/tcp",
                        "5223/tcp",
                        "5269/tcp",
                        "5270/tcp",
                        "3478/tcp",
                        "3478/udp",
                        "7777/tcp");
        assertThat(Image.builder().name("chat").workload(XMPP).build()).isNotNull();
    }

    private static <T> Stream<T> all(Function<Recipe, List<T>> part) {
        return RECIPES.stream().flatMap(recipe -> part.apply(recipe).stream());
    }

    /** The section of {@code ejabberd.yml} about one listener. */
    private static String section(String key) {
        int start = EJABBERD.indexOf(key);
        assertThat(start).isNotNegative();
        int end = EJABBERD.indexOf("\n  -\n", start);
        return EJABBERD.substring(start, end < 0 ? EJABBERD.length() : end);
    }
}
