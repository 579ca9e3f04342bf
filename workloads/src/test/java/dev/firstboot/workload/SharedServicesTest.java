package dev.firstboot.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.InvalidImageException;
import dev.firstboot.image.Need;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Template;
import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.nginx.Nginx;
import dev.firstboot.workload.nginx.Route;
import dev.firstboot.workload.nginx.Site;
import dev.firstboot.workload.postgresql.Database;
import dev.firstboot.workload.postgresql.Postgresql;
import dev.firstboot.workload.tls.Acme;
import dev.firstboot.workload.tls.Tls;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workloads that share one PostgreSQL, one NGINX and one authority, as far as an image can show it. */
class SharedServicesTest {
    private static final Database NOTES = Postgresql.database("notes").usedBy("notes.service");
    private static final Database WIKI =
            Postgresql.database("wiki").owner("pages").connections(5).usedBy("wiki.service");

    private static Recipe recipe(String name, int port, Need<?>... needs) {
        Recipe.Builder recipe =
                Recipe.builder(name).addPort(Port.tcp(port, name).loopback());
        Stream.of(needs).forEach(recipe::need);
        return recipe.build();
    }

    private static Image image(Recipe... recipes) {
        Image.Builder image = Image.builder().name("two");
        Stream.of(recipes).forEach(image::recipe);
        return image.build();
    }

    @Test
    void twoWorkloads_onOneOfEach_areThereBoth() {
        Image image = image(
                recipe("notes", 8080, NOTES, Nginx.site("notes.example.com").route("/", Route.proxy(8080))),
                recipe(
                        "wiki",
                        8081,
                        WIKI,
                        Nginx.site("wiki.example.com", "w.example.com").route("/", Route.proxy(8081))));
        ImageFiles files = new ImageFiles(image);

        assertThat(image.recipes())
                .extracting(Recipe::name)
                .containsExactly("tls", "postgresql", "nginx", "notes", "wiki");
        assertThat(image.recipes())
                .allSatisfy(recipe -> assertThat(recipe.needs()).isEmpty());
        assertThat(files.text("/etc/postgresql/17/main/pg_hba.conf"))
                .contains("host notes notes 127.0.0.1/32", "host wiki pages 127.0.0.1/32");
        assertThat(files.text("/etc/postgresql/17/main/postgresql.conf")).contains("max_connections = 35");
        assertThat(files.text("/etc/nginx/conf.d/notes.example.com.conf"))
                .contains("proxy_pass http://127.0.0.1:8080;");
        assertThat(files.text("/etc/nginx/conf.d/wiki.example.com.conf"))
                .contains("server_name wiki.example.com w.example.com;", "/tls/wiki.example.com.pem");
        assertThat(files.step("database-notes").before()).containsExactly("notes.service");
        assertThat(files.step("database-wiki").script())
                .contains("wiki pages /var/lib/firstboot/secrets/wiki/database-password 5 wiki.service");
        assertThat(files.step("certificates").before()).containsExactly("nginx.service");
        assertThat(files.text("/usr/lib/firstboot-tls/settings.json"))
                .contains("\"domains\": [\"notes.example.com\", \"wiki.example.com\", \"w.example.com\"]");
        assertThat(Image.fromJson(image.toJson())).isEqualTo(image);
    }

    @Test
    void database_itsPassword_isASecretOfTheRecipeThatAsks() {
        Recipe notes = Recipe.builder("notes")
                .need(NOTES)
                .addFile(FileEntry.template(
                        "/etc/notes.yml",
                        Template.builder().secret(NOTES.secret(), Escape.YAML).build()))
                .build();

        assertThat(image(notes).recipes().get(1).secrets()).containsExactly(NOTES.password());
        assertThat(NOTES.unit()).isEqualTo("firstboot-postgresql-database-notes.service");
    }

    @Test
    void database_twoOfOneRecipeWithOnePassword_isAProblem() {
        assertThatThrownBy(() -> image(recipe("notes", 1, NOTES, WIKI)))
                .hasMessageContaining("secret database-password is declared twice by notes");
    }

    @Test
    void parameter_ofARecipe_takesThePlaceOfTheDefault() {
        Image image = image(recipe("notes", 1, NOTES, Postgresql.parameter("shared_buffers", "1GB")));

        assertThat(new ImageFiles(image).text("/etc/postgresql/17/main/postgresql.conf"))
                .contains("shared_buffers = '1GB'\n")
                .doesNotContain("128MB");
    }

    @Test
    void certificate_thatTwoNeed_coversWhatBothWantAndTellsBoth() {
        Image image = image(
                recipe(
                        "mail",
                        1,
                        Tls.certificate("example.com")
                                .names("mail.example.com")
                                .readableBy("mail")
                                .usedBy("mail.service")),
                recipe("site", 2, Nginx.site("example.com", "www.example.com")));

        ImageFiles files = new ImageFiles(image);
        assertThat(files.text("/usr/lib/firstboot-tls/certificates/example.com.json"))
                .contains(
                        "\"names\": [\"example.com\", \"www.example.com\", \"mail.example.com\"], \"group\": \"mail\","
                                + " \"units\": [\"nginx.service\", \"mail.service\"]");
        assertThat(files.text("/usr/lib/firstboot-tls/settings.json")).contains("\"domains\": [\"example.com\"]");
    }

    @Test
    void header_ofARoute_keepsThoseOfTheSite() {
        Site site = Nginx.site("www.example.com")
                .header("X-Frame-Options", "DENY")
                .maxBody(ByteSize.mebibytes(8))
                .route("/", Route.proxy(1).header("Cache-Control", "no-store"));

        assertThat(new ImageFiles(image(recipe("site", 1, site))).text("/etc/nginx/conf.d/www.example.com.conf"))
                .contains("client_max_body_size 8388608;")
                .doesNotContain("return 404")
                .contains("""
                                add_header Cache-Control no-store always;
                                proxy_hide_header X-Frame-Options;
                                add_header X-Frame-Options DENY always;
                                add_header Strict-Transport-Security max-age=31536000 always;
                        """);
    }

    /** Recipes that claim the same, and what is said of them. */
    static Stream<List<Object>> claims() {
        Site site = Nginx.site("www.example.com");
        return Stream.of(
                List.of(NOTES, NOTES.owner("other"), "postgresql: database notes is claimed by both one and two"),
                List.of(NOTES, WIKI.owner("notes"), "postgresql: database owner notes is claimed by both one and two"),
                List.of(site, site, "nginx: host name www.example.com is claimed by both one and two"),
                List.of(
                        Nginx.site("a.example.com", "b.example.com"),
                        Nginx.site("b.example.com"),
                        "nginx: host name b.example.com is claimed by both one and two"),
                List.of(
                        Nginx.loopback(8443, "localhost"),
                        Nginx.loopback(8443, "localhost"),
                        "nginx: port 8443/tcp is claimed by both one and two"),
                List.of(
                        Postgresql.parameter("jit", "on"),
                        Postgresql.parameter("jit", "off"),
                        "postgresql: parameter jit is to be on for one, but off for two"),
                List.of(
                        Tls.certificate("a.example.com").readableBy("one"),
                        Tls.certificate("a.example.com").readableBy("two"),
                        "tls: the certificate of a.example.com is to be readable by group one for one, but by group two for two"),
                List.of(Acme.letsEncrypt(), Acme.letsEncryptStaging(), "tls: ACME authority"));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void twoWorkloads_thatClaimTheSame_areBothNamed(List<Object> claim) {
        Recipe one = recipe("one", 1, (Need<?>) claim.get(0));
        Recipe two = recipe("two", 2, (Need<?>) claim.get(1));

        assertThatThrownBy(() -> image(one, two))
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(problem -> assertThat(problem).startsWith((String) claim.get(2))));
    }

    @Test
    void port_thatAWorkloadListensOnAndNginxToo_isClaimedByBoth() {
        assertThatThrownBy(() -> image(recipe("site", 1, Nginx.site("www.example.com")), recipe("other", 443)))
                .hasMessageContaining("port 443/tcp is claimed by both nginx and other");
    }

    @Test
    void site_thatDoesNotFit_tellsEveryProblem() {
        Site site = Nginx.site("www.example.com", "other.example.com")
                .certificate(Tls.certificate("www.example.com"))
                .route("/a", Route.proxy(81))
                .route("/a", Route.redirect("https://example.com/"));

        assertThatThrownBy(() -> image(recipe("one", 1, site)))
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "nginx: site www.example.com of one hands /a on to port 81/tcp, on which the recipe does not say that it"
                                                + " listens; addPort(Port.tcp(81, ...).loopback())",
                                        "nginx: site www.example.com of one has two routes for /a",
                                        "nginx: site www.example.com of one answers to other.example.com, which the certificate of"
                                                + " www.example.com does not cover"));
    }

    @Test
    void names_thatAreNone_areRefusedWhereTheyAreGiven() {
        assertThatThrownBy(() -> Postgresql.database("postgres")).hasMessageContaining("'postgres'");
        assertThatThrownBy(() -> Postgresql.database("a; DROP")).hasMessageContaining("'a; DROP'");
        assertThatThrownBy(() -> Postgresql.database("a").owner("pg_x")).hasMessageContaining("pg_");
        assertThatThrownBy(() -> Postgresql.parameter("listen_addresses", "*"))
                .hasMessageContaining("set by Firstboot");
        assertThatThrownBy(() -> Nginx.site()).hasMessageContaining("needs a name");
        assertThatThrownBy(() -> Nginx.site("localhost")).hasMessageContaining("'localhost'");
        assertThatThrownBy(() -> Nginx.loopback(80, "a b")).hasMessageContaining("'a b'");
        assertThatThrownBy(() -> Route.files("/var/lib/secret")).hasMessageContaining("/srv");
        assertThatThrownBy(() -> Nginx.site("a.example.com").route("x", Route.proxy(1)))
                .hasMessageContaining("'x'");
    }

    @Test
    void certificate_wildcardOfOneAndNamesOfAnother_areAllAskedFor() {
        Image image = image(
                recipe(
                        "chat",
                        1,
                        Tls.certificate("example.com").names("a.example.com").wildcard()),
                recipe("site", 2, Tls.certificate("example.com").names("other.org", "a.b.example.com")));

        assertThat(new ImageFiles(image).unit("tls-acme-example.com.service"))
                .contains("acme example.com *.example.com other.org a.b.example.com\n");
    }

    @Test
    void certificate_ofAGroupThatMayNotBeThere_hasAFileThatTellsInTheBake() {
        Image image = image(recipe("mail", 1, Tls.certificate("example.com").readableBy("mail")));

        assertThat(new ImageFiles(image)
                        .entry("/usr/lib/firstboot-tls/certificates/example.com.json")
                        .group())
                .isEqualTo("mail");
    }

    @Test
    void route_setTwice_hasTheLastValueOnce() {
        Site site = Nginx.site("www.example.com")
                .maxBody(ByteSize.mebibytes(1))
                .maxBody(ByteSize.mebibytes(2))
                .route(
                        "/",
                        Route.proxy(1)
                                .webSocket()
                                .timeout(Duration.ofMinutes(1))
                                .maxBody(ByteSize.bytes(7))
                                .maxBody(ByteSize.bytes(8)));

        assertThat(new ImageFiles(image(recipe("site", 1, site)))
                        .text("/etc/nginx/conf.d/www.example.com.conf")
                        .lines()
                        .map(String::strip)
                        .filter(line ->
                                line.startsWith("client_max_body_size") || line.startsWith("proxy_read_timeout")))
                .containsExactly("client_max_body_size 2097152;", "proxy_read_timeout 60s;", "client_max_body_size 8;");
    }

    /** A tunnel of another protocol would carry requests past the routes; an exact route hands on no other spelling. */
    @Test
    void route_toAService_handsOnWhatItIsForAndNothingAClientClaims() {
        Image image = image(recipe(
                "site",
                1,
                Nginx.site("www.example.com")
                        .route("/ws", Route.proxy(1).exactly().webSocket())));
        ImageFiles files = new ImageFiles(image);

        assertThat(files.text("/etc/nginx/conf.d/www.example.com.conf"))
                .contains(
                        "proxy_pass http://127.0.0.1:1/ws;",
                        "proxy_set_header Upgrade $websocket_upgrade;",
                        "proxy_set_header Forwarded \"\";",
                        "proxy_set_header X-Forwarded-Host $host;")
                .doesNotContain("$http_upgrade");
        assertThat(files.text("/etc/nginx/conf.d/others.conf")).contains("""
                map $http_upgrade $websocket_upgrade {
                    default "";
                    ~*^websocket$ websocket;
                }
                """);
    }

    @Test
    void shared_variablesOfTwoRecipes_areClaimed() {
        Directive map = Directive.of("map", "$host", "$guard").with(Directive.of("default", 1));
        Recipe one = recipe("one", 1, Nginx.site("a.example.com").shared(map));
        Recipe two = recipe("two", 2, Nginx.site("b.example.com").shared(map));
        Recipe own = recipe(
                "own", 3, Nginx.site("c.example.com").shared(Directive.of("map", "$host", "$connection_upgrade")));
        Recipe odd = recipe(
                "odd",
                4,
                Nginx.site("d.example.com").shared(Directive.of("server")).with(Directive.of("listen", 8080)));

        assertThatThrownBy(() -> image(one, two, own, odd))
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .contains(
                                        "nginx: $guard of two is defined by one as well",
                                        "nginx: $connection_upgrade of own is defined by NGINX's own files as well")
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith("nginx: directive server of odd cannot stand beside"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith("nginx: site d.example.com of odd has a directive listen")));
    }

    @Test
    void toBuilder_thenAWorkloadThatNeedsTheSameService_saysWhatToDo() {
        Image finished = image(recipe("notes", 1, NOTES));

        assertThatThrownBy(() ->
                        finished.toBuilder().recipe(recipe("wiki", 2, WIKI)).build())
                .hasMessageContaining("recipe postgresql is there already")
                .hasMessageContaining("add all workloads to one builder");
    }

    @Test
    void arguments_thatNothingCanTake_areRefusedAtTheCall() {
        assertThatThrownBy(() -> NOTES.usedBy("notes")).hasMessageContaining("'notes'");
        assertThatThrownBy(() -> Tls.certificate("a.example.com").usedBy("notes"))
                .hasMessageContaining("'notes'");
        assertThatThrownBy(() -> Tls.certificate("a.example.com").readableBy("No Such"))
                .hasMessageContaining("'No Such'");
        assertThatThrownBy(() -> Postgresql.database("sameuser")).hasMessageContaining("'sameuser'");
        assertThatThrownBy(() -> Postgresql.parameter("max_connections", "9"))
                .hasMessageContaining("Database.connections");
        assertThatThrownBy(() -> Postgresql.parameter("include", "x")).hasMessageContaining("set by Firstboot");
        assertThatThrownBy(() -> Route.proxy(1).timeout(Duration.ofMillis(500)))
                .hasMessageContaining("less than a second");
        assertThatThrownBy(() -> Route.files("/srv/$host")).hasMessageContaining("'/srv/$host'");
        assertThatThrownBy(() -> Route.files("/etc")).hasMessageContaining("'/etc'");
        assertThatThrownBy(() -> Directive.of("root", "a\nb")).hasMessageContaining("control characters");
        assertThatThrownBy(() -> Nginx.site("a.example.com")
                        .certificate(Tls.certificate("a.example.com"))
                        .purpose(""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
