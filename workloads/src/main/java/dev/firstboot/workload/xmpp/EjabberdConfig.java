package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Escape;
import dev.firstboot.image.Release;
import dev.firstboot.image.Template;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.postgresql.Database;
import dev.firstboot.workload.postgresql.Postgresql;
import dev.firstboot.workload.tls.Tls;
import java.util.List;

/** Renders {@code ejabberd.yml}, and the small files it includes for what only the machine knows. */
final class EjabberdConfig {
    static final String FILE = "/etc/ejabberd/ejabberd.yml";
    static final String SECRETS = "/etc/ejabberd/secrets.yml";
    /** In a directory of root, who writes it. */
    static final String ADDRESS = "/run/xmpp/address.yml";

    private static final String TLS_OPTIONS = "TLS_OPTIONS";
    private static final String TLS_CIPHERS = "TLS_CIPHERS";

    private EjabberdConfig() {}

    static Yaml.Mapping document(Settings settings, Release release) {
        Yaml.Builder document = Yaml.mapping()
                .put("hosts", Yaml.texts(List.of(settings.domain())))
                .putWord("loglevel", "info")
                .put("log_rotate_count", 0)
                .put("language", "en")
                .put("include_config_file", includes())
                .put("certfiles", Yaml.texts(List.of(settings.certificate().file())))
                .put("acme", Yaml.mapping().put("auto", false));
        addTls(document);
        addAccounts(document, settings);
        addDatabase(document, release);
        document.put("trusted_proxies", Yaml.texts(List.of(Settings.LOOPBACK)))
                .put(
                        "listen",
                        Yaml.sequence(Listeners.all(release).stream()
                                .map(Listener::yaml)
                                .toList()));
        Rules.addTo(document, settings, release);
        return document.put("modules", Modules.all(settings, release)).build();
    }

    /** Returns the included file of secrets; each value is quoted, whatever characters it has. */
    static Template secrets() {
        return Template.builder()
                .text("sql_password: ")
                .secret(Secrets.DATABASE.name(), Escape.YAML)
                .text("\ndefine_macro:\n  " + Listeners.COMPONENT_PASSWORD + ": ")
                .secret(Secrets.COMPONENT, Escape.YAML)
                .text("\n")
                .build();
    }

    private static Yaml.Builder includes() {
        return Yaml.mapping()
                .put(
                        SECRETS,
                        Yaml.mapping()
                                .put("allow_only", Yaml.sequence(Yaml.word("sql_password"), Yaml.word("define_macro"))))
                .put(ADDRESS, Yaml.mapping().put("allow_only", Yaml.sequence(Yaml.word("define_macro"))));
    }

    private static void addTls(Yaml.Builder document) {
        List<String> options =
                List.of("no_sslv3", "no_tlsv1", "no_tlsv1_1", "no_compression", "cipher_server_preference");
        document.put(
                        "define_macro",
                        Yaml.mapping().put(TLS_OPTIONS, Yaml.texts(options)).put(TLS_CIPHERS, Tls.CIPHERS))
                .putWord("c2s_protocol_options", TLS_OPTIONS)
                .putWord("c2s_ciphers", TLS_CIPHERS)
                .putWord("s2s_protocol_options", TLS_OPTIONS)
                .putWord("s2s_ciphers", TLS_CIPHERS)
                .putWord("s2s_use_starttls", "required");
    }

    private static void addAccounts(Yaml.Builder document, Settings settings) {
        document.put("auth_method", Yaml.sequence(Yaml.word("sql")))
                .putWord("auth_password_format", "scram")
                .putWord("auth_scram_hash", settings.scram().ejabberdName())
                // PLAIN sends the password to the server, and up to 26.04 let one account act as another. Every client
                // supports SCRAM.
                .put("disable_sasl_mechanisms", Yaml.texts(List.of("PLAIN", "DIGEST-MD5", "X-OAUTH2")));
    }

    private static void addDatabase(Yaml.Builder document, Release release) {
        Database database = Settings.database(release);
        document.putWord("default_db", "sql")
                .putWord("sql_type", "pgsql")
                .put("sql_server", Postgresql.ADDRESS)
                .put("sql_port", Postgresql.PORT)
                .put("sql_database", database.name())
                .put("sql_username", database.owner())
                .put("sql_pool_size", 10)
                .put("sql_keepalive_interval", 60);
        if (release.compareTo(Release.DEBIAN_13) >= 0) {
            document.put("sql_schema_multihost", true).put("update_sql_schema", true);
        } else {
            document.put("new_sql_schema", true);
        }
    }
}
