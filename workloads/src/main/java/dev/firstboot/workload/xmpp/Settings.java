package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.Release;
import dev.firstboot.workload.postgresql.Database;
import dev.firstboot.workload.postgresql.Postgresql;
import dev.firstboot.workload.tls.Acme;
import dev.firstboot.workload.tls.Certificate;
import dev.firstboot.workload.tls.Tls;
import java.util.List;
import java.util.Optional;

/** What the caller chose, and the names derived from it. */
record Settings(
        DomainName domain,
        String admin,
        ByteSize uploadLimit,
        ScramHash scram,
        Optional<Acme> acme,
        List<Network> console) {
    Settings {
        console = List.copyOf(console);
    }

    /** The account with which the machine checks that logins work; it can log in only from the machine itself. */
    static final String PROBE = "firstboot-probe";
    /** The name of ejabberd's unit. */
    static final String UNIT = "ejabberd.service";

    /** ejabberd holds ten connections; administrators and probes use a few more. */
    private static final int CONNECTIONS = 50;
    /** The port for connections between Erlang nodes: loopback, on one node. */
    static final int DISTRIBUTION_PORT = 5210;

    static final String LOOPBACK = "127.0.0.1";

    /**
     * ejabberd names a process {@code mod_http_upload_quota_upload.DOMAIN/upload}, and its modules do not start if a name exceeds the 255 characters
     * of an Erlang atom.
     */
    private static final int LONGEST_DOMAIN = 255 - "mod_http_upload_quota_upload./upload".length();

    static Settings of(DomainName domain) {
        int length = domain.value().length();
        if (length > LONGEST_DOMAIN) {
            throw new IllegalArgumentException("domain '" + domain + "' has " + length
                    + " characters, and ejabberd starts with " + LONGEST_DOMAIN + " at most: choose a shorter one");
        }
        Settings settings =
                new Settings(domain, "admin", ByteSize.mebibytes(100), ScramHash.SHA1, Optional.empty(), List.of());
        settings.served();
        return settings;
    }

    Settings withAdmin(String name) {
        return new Settings(domain, name, uploadLimit, scram, acme, console);
    }

    Settings withUploadLimit(ByteSize limit) {
        return new Settings(domain, admin, limit, scram, acme, console);
    }

    Settings withScram(ScramHash hash) {
        return new Settings(domain, admin, uploadLimit, hash, acme, console);
    }

    Settings withAcme(Acme authority) {
        return new Settings(domain, admin, uploadLimit, scram, Optional.of(authority), console);
    }

    Settings withConsole(List<Network> networks) {
        return new Settings(domain, admin, uploadLimit, scram, acme, networks);
    }

    DomainName conference() {
        return domain.sub("conference");
    }

    DomainName proxy() {
        return domain.sub("proxy");
    }

    DomainName pubsub() {
        return domain.sub("pubsub");
    }

    DomainName upload() {
        return domain.sub("upload");
    }

    /** Returns ejabberd's database. */
    static Database database(Release release) {
        Database database = Postgresql.database("ejabberd")
                .password(Secrets.DATABASE)
                .connections(CONNECTIONS)
                .usedBy(UNIT);
        // Since 23.10 ejabberd creates its own tables.
        return release == Release.DEBIAN_12 ? database.schema("/usr/share/ejabberd/sql/pg.new.sql", "users") : database;
    }

    /** Returns the certificate for all names, which ejabberd and NGINX use. */
    Certificate certificate() {
        return Tls.certificate(domain.value())
                .names(served())
                .wildcard()
                .readableBy("ejabberd")
                .usedBy(UNIT);
    }

    /** Returns every name for which a client may expect a certificate. */
    List<DomainName> served() {
        return List.of(domain, conference(), proxy(), pubsub(), upload());
    }

    /** Returns the host part of this node's Erlang name: stable, and resolved by Erlang's own host table. */
    DomainName node() {
        return domain.sub("node1");
    }
}
