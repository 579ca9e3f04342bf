package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Port;
import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.nginx.Site;
import dev.firstboot.workload.postgresql.Database;
import dev.firstboot.workload.postgresql.Postgresql;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossReferencesTest {
    private static final Settings SETTINGS = Settings.of(DomainName.of("chat.example.com"));
    private static final List<Site> SITES = new WebFront(SETTINGS, Release.DEBIAN_13).sites();
    private static final Database DATABASE = Settings.database(Release.DEBIAN_13);
    private static final Yaml.Mapping GOOD = EjabberdConfig.document(SETTINGS, Release.DEBIAN_13);

    @Test
    void problems_ownConfiguration_hasNone() {
        assertThat(problems(GOOD, Listeners.all(Release.DEBIAN_13), DATABASE)).isEmpty();
    }

    @Test
    void problems_accessRuleThatIsNotDefined_isNamed() {
        assertThat(problems(with("x", Rules.access("muc_creat")), Listeners.all(Release.DEBIAN_13), DATABASE))
                .containsExactly("'muc_creat' is used but not defined under access_rules");
    }

    @Test
    void problems_aclAndShaperThatAreNotDefined_areBothNamed() {
        Yaml both = Yaml.sequence(Rules.acl("admins"), Rules.shaper("slow"), Rules.acl("all"));

        assertThat(problems(with("x", both), Listeners.all(Release.DEBIAN_13), DATABASE))
                .containsExactly(
                        "'admins' is used but not defined under acl", "'slow' is used but not defined under shaper");
    }

    @Test
    void problems_proxyTargetWithoutListener_isNamed() {
        List<Listener> none = Listeners.all(Release.DEBIAN_13).stream()
                .filter(listener -> !listener.isHttp())
                .toList();

        assertThat(problems(GOOD, none, DATABASE)).contains("NGINX hands /ws to port 5280, where nothing listens");
    }

    @Test
    void problems_proxyTargetThatSpeaksTls_isNamed() {
        List<Listener> tls = List.of(new Listener(
                Port.tcp(5280, "web"),
                "ejabberd_http",
                true,
                List.of("/ws"),
                Yaml.mapping().build()));

        assertThat(problems(GOOD, tls, DATABASE))
                .contains("NGINX speaks plain HTTP to port 5280 for /ws, but the listener there does not");
    }

    @Test
    void problems_proxyTargetThatDoesNotHandleThePath_isNamed() {
        List<Listener> other = List.of(new Listener(
                Port.tcp(5280, "web"),
                "ejabberd_http",
                false,
                List.of("/websocket"),
                Yaml.mapping().build()));

        assertThat(problems(GOOD, other, DATABASE))
                .contains("NGINX hands /ws to port 5280, whose listener handles only [/websocket]");
    }

    @Test
    void problems_hostWithoutCertificate_isNamed() {
        Yaml.Mapping other = Yaml.mapping()
                .put("modules", Yaml.mapping().put("mod_irc", Yaml.mapping().put("host", "irc.chat.example.com")))
                .put("sql_database", "ejabberd")
                .put("sql_username", "ejabberd")
                .put("sql_server", "127.0.0.1")
                .build();

        assertThat(problems(other, Listeners.all(Release.DEBIAN_13), DATABASE))
                .containsExactly("the certificate does not cover irc.chat.example.com");
    }

    @Test
    void problems_databaseThatIsNotItsOwn_isNamed() {
        Database other = Postgresql.database("notes");

        assertThat(problems(GOOD, Listeners.all(Release.DEBIAN_13), other))
                .containsExactly(
                        "ejabberd connects to database ejabberd as ejabberd, but what it needs is notes of notes");
    }

    private static List<String> problems(Yaml.Mapping config, List<Listener> listeners, Database database) {
        return CrossReferences.problems(SETTINGS, config, listeners, SITES, database);
    }

    private static Yaml.Mapping with(String key, Yaml value) {
        Yaml.Builder more = Yaml.mapping();
        GOOD.entries().forEach(entry -> more.put(entry.key(), entry.value()));
        return more.put(key, value).build();
    }
}
