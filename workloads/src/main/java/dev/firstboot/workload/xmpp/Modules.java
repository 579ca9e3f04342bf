package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Yaml;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The modules that ejabberd runs. {@code docs/xmpp.md} lists those that the compliance suites require. */
final class Modules {
    static final int PROXY_PORT = 7777;
    static final String UPLOADS = "/var/lib/ejabberd-upload";

    private static final List<String> AS_THEY_ARE = List.of(
            "mod_adhoc",
            "mod_admin_extra",
            "mod_avatar",
            "mod_blocking",
            "mod_bosh",
            "mod_caps",
            "mod_carboncopy",
            "mod_client_state",
            "mod_disco",
            Guesses.MODULE,
            "mod_last",
            "mod_muc_admin",
            "mod_private",
            "mod_push_keepalive",
            "mod_s2s_dialback",
            "mod_shared_roster",
            "mod_stun_disco",
            "mod_time",
            "mod_vcard_xupdate");

    /**
     * For how many users a module caches the settings that it reads for every message: more than are connected at once. With ejabberd's default of
     * 1,000, and more users than that taking turns, each message cost three database queries.
     */
    private static final int REMEMBERED = 20_000;

    private Modules() {}

    static Yaml.Mapping all(Settings settings, Release release) {
        SortedMap<String, Yaml.Builder> modules = new TreeMap<>();
        AS_THEY_ARE.forEach(module -> modules.put(module, Yaml.mapping()));
        if (release.compareTo(Release.DEBIAN_13) >= 0) {
            modules.put("mod_s2s_bidi", Yaml.mapping());
        }
        if (Console.hasApi(release)) {
            modules.put("mod_http_api", Yaml.mapping());
        }
        modules.put("mod_announce", Yaml.mapping().put("access", Rules.access(Rules.ANNOUNCE)));
        modules.put("mod_configure", Yaml.mapping());
        modules.put("mod_host_meta", hostMeta(settings));
        modules.put("mod_http_upload", upload(settings));
        modules.put(
                "mod_http_upload_quota",
                Yaml.mapping()
                        .put("access_soft_quota", Rules.shaperRule(Rules.SOFT_QUOTA))
                        .put("access_hard_quota", Rules.shaperRule(Rules.HARD_QUOTA)));
        modules.put("mod_mam", remembering().putWord("default", "always").put("assume_mam_usage", true));
        modules.put("mod_muc", rooms(settings));
        modules.put(
                "mod_offline",
                Yaml.mapping().put("access_max_user_messages", Rules.shaperRule(Rules.OFFLINE_MESSAGES)));
        modules.put("mod_ping", Yaml.mapping().put("send_pings", true).put("ping_interval", 240));
        modules.put("mod_privacy", remembering());
        modules.put("mod_proxy65", proxy(settings));
        modules.put("mod_pubsub", publishing(settings, release));
        modules.put("mod_push", remembering());
        modules.put("mod_roster", Yaml.mapping().put("versioning", true));
        modules.put("mod_stream_mgmt", Yaml.mapping().putWord("resend_on_timeout", "if_offline"));
        modules.put("mod_vcard", Yaml.mapping().put("search", false));
        modules.put("mod_version", Yaml.mapping().put("show_os", false));
        Yaml.Builder out = Yaml.mapping();
        modules.forEach(out::put);
        return out.build();
    }

    private static Yaml.Builder remembering() {
        return Yaml.mapping().put("cache_size", REMEMBERED);
    }

    private static Yaml.Builder hostMeta(Settings settings) {
        return Yaml.mapping()
                .put("bosh_service_url", "https://" + settings.domain() + "/bosh")
                .put("websocket_url", "wss://" + settings.domain() + "/ws");
    }

    private static Yaml.Builder upload(Settings settings) {
        return Yaml.mapping()
                .put("host", settings.upload().value())
                .put("put_url", "https://" + settings.upload() + "/upload")
                .put("docroot", UPLOADS)
                .put("max_size", settings.uploadLimit().bytes())
                .put("dir_mode", "0750")
                .put("file_mode", "0640");
    }

    private static Yaml.Builder rooms(Settings settings) {
        return Yaml.mapping()
                .put("host", settings.conference().value())
                .put("access", Rules.acl("all"))
                .put(
                        "access_admin",
                        Yaml.sequence(Yaml.mapping()
                                .put("allow", Rules.acl(Rules.ADMIN))
                                .build()))
                .put("access_create", Rules.access(Rules.CREATE_ROOM))
                .put("access_persistent", Rules.access(Rules.CREATE_ROOM))
                .put("access_mam", Rules.acl("all"))
                .put("history_size", 50)
                .put(
                        "default_room_options",
                        Yaml.mapping()
                                .put("mam", true)
                                .put("persistent", true)
                                .put("public", true)
                                .put("allow_subscription", true));
    }

    private static Yaml.Builder proxy(Settings settings) {
        return Yaml.mapping()
                .put("host", settings.proxy().value())
                .put("hostname", settings.proxy().value())
                .put("ip", "::")
                .put("port", PROXY_PORT)
                .put("access", Rules.access(Rules.LOCAL))
                .put("max_connections", 20);
    }

    /** Personal nodes (PEP), with private bookmarks, and with encryption keys readable by anyone who wants to write. */
    private static Yaml.Builder publishing(Settings settings, Release release) {
        Yaml.Builder publishing = Yaml.mapping();
        if (release == Release.DEBIAN_12) {
            // The release's ejabberd puts client input into SQL.
            publishing.putWord("db_type", "mnesia");
        }
        return publishing
                .put("host", settings.pubsub().value())
                .put("access_createnode", Rules.access(Rules.CREATE_NODE))
                .put("plugins", Yaml.sequence(Yaml.text("flat"), Yaml.text("pep")))
                .put(
                        "force_node_config",
                        Yaml.mapping()
                                .put(
                                        "eu.siacs.conversations.axolotl.*",
                                        Yaml.mapping().putWord("access_model", "open"))
                                .put("storage:bookmarks", Yaml.mapping().putWord("access_model", "whitelist"))
                                .put(
                                        "urn:xmpp:bookmarks:1",
                                        Yaml.mapping()
                                                .putWord("access_model", "whitelist")
                                                .put("persist_items", true)
                                                .putWord("max_items", "infinity")
                                                .putWord("send_last_published_item", "never")));
    }
}
