package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DomainName;
import java.util.List;

/** What a user chose, and the names that follow from it. */
record Settings(
        DomainName domain, String admin, ByteSize uploadLimit, ScramHash scram, Acme acme, List<Network> console) {
    Settings {
        console = List.copyOf(console);
    }

    /** The account the machine logs in with to see whether it works; it can log in from the machine itself only. */
    static final String PROBE = "firstboot-probe";
    /** Database and role of ejabberd. */
    static final String DATABASE = "ejabberd";
    /** Where Erlang nodes speak to each other: loopback, on one node. */
    static final int DISTRIBUTION_PORT = 5210;

    static final int POSTGRESQL_PORT = 5432;
    static final String LOOPBACK = "127.0.0.1";

    /**
     * ejabberd names a process {@code mod_http_upload_quota_upload.DOMAIN/upload}, and its modules do not start if a name is longer than the 255 characters of an Erlang
     * atom.
     */
    private static final int LONGEST_DOMAIN = 255 - "mod_http_upload_quota_upload./upload".length();

    static Settings of(DomainName domain) {
        int length = domain.value().length();
        if (length > LONGEST_DOMAIN) {
            throw new IllegalArgumentException("domain '" + domain + "' has " + length
                    + " characters, and ejabberd starts with " + LONGEST_DOMAIN + " at most: choose a shorter one");
        }
        Settings settings =
                new Settings(domain, "admin", ByteSize.mebibytes(100), ScramHash.SHA1, Acme.letsEncrypt(), List.of());
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
        return new Settings(domain, admin, uploadLimit, scram, authority, console);
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

    /** Every name a client may ask a certificate for. */
    List<DomainName> served() {
        return List.of(domain, conference(), proxy(), pubsub(), upload());
    }

    /** The host part of this node's Erlang name: stable, and resolved by ejabberd's own table. */
    DomainName node() {
        return domain.sub("node1");
    }
}
