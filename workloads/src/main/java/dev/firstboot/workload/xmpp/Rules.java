package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Yaml;

/** Who may do what, and how fast: ejabberd's access control lists, access rules, API permissions and shapers. */
final class Rules {
    static final String ADMIN = "admin";
    static final String LOCAL = "local";
    static final String CLIENTS = "c2s";
    static final String ANNOUNCE = "announce";
    static final String CONFIGURE = "configure";
    static final String CREATE_ROOM = "muc_create";
    static final String CREATE_NODE = "pubsub_createnode";
    static final String CLIENT_SPEED = "c2s_shaper";
    static final String SERVER_SPEED = "s2s_shaper";
    static final String OFFLINE_MESSAGES = "max_user_offline_messages";
    static final String SOFT_QUOTA = "soft_upload_quota";
    static final String HARD_QUOTA = "hard_upload_quota";

    private static final String PROBE = "probe";

    private Rules() {}

    static Yaml acl(String name) {
        return new Yaml.Reference("acl", name);
    }

    static Yaml access(String name) {
        return new Yaml.Reference("access_rules", name);
    }

    static Yaml shaper(String name) {
        return new Yaml.Reference("shaper", name);
    }

    static Yaml shaperRule(String name) {
        return new Yaml.Reference("shaper_rules", name);
    }

    static void addTo(Yaml.Builder document, Settings settings, Release release) {
        document.put("acl", lists(settings))
                .put("access_rules", rules())
                .put("api_permissions", permissions(release))
                .put("shaper", shapers())
                .put("shaper_rules", shaperRules(settings));
    }

    private static Yaml.Builder lists(Settings settings) {
        return Yaml.mapping()
                .put(ADMIN, user(settings.admin(), settings))
                .put(PROBE, user(Settings.PROBE, settings))
                .put(LOCAL, Yaml.mapping().put("user_regexp", ""));
    }

    private static Yaml.Builder user(String name, Settings settings) {
        return Yaml.mapping().put("user", Yaml.sequence(Yaml.text(name + "@" + settings.domain())));
    }

    private static Yaml.Builder rules() {
        return Yaml.mapping()
                // The probe's account is for the machine itself: nobody can log in with it from elsewhere.
                .put(
                        CLIENTS,
                        Yaml.sequence(
                                Yaml.mapping()
                                        .put(
                                                "allow",
                                                Yaml.mapping()
                                                        .put("acl", acl(PROBE))
                                                        .put("ip", "127.0.0.0/8"))
                                        .build(),
                                verdict("deny", PROBE),
                                verdict("allow", "all")))
                .put(ANNOUNCE, onlyFor(ADMIN))
                .put(CONFIGURE, onlyFor(ADMIN))
                .put(LOCAL, onlyFor(LOCAL))
                .put(CREATE_ROOM, onlyFor(LOCAL))
                .put(CREATE_NODE, onlyFor(LOCAL));
    }

    private static Yaml onlyFor(String list) {
        return Yaml.sequence(verdict("allow", list));
    }

    private static Yaml verdict(String verdict, String list) {
        return Yaml.mapping().put(verdict, acl(list)).build();
    }

    /** Returns the permissions. None depends on an address: access to loopback does not make an administrator. */
    private static Yaml.Builder permissions(Release release) {
        Yaml.Builder permissions = Yaml.mapping()
                .put(
                        "console commands",
                        Yaml.mapping()
                                .put("from", Yaml.sequence(Yaml.word("ejabberd_ctl")))
                                .put("who", acl("all"))
                                .put("what", "*"));
        if (release.compareTo(Release.DEBIAN_13) >= 0) {
            // Before 24.06 the web console did not use the API.
            permissions.put(
                    "web console",
                    Yaml.mapping()
                            .put("from", Yaml.sequence(Yaml.word("ejabberd_web_admin")))
                            .put("who", acl(ADMIN))
                            .put("what", "*"));
        }
        if (Console.hasApi(release)) {
            permissions.put(
                    "administrators",
                    Yaml.mapping()
                            .put("from", Yaml.sequence(Yaml.word("mod_http_api")))
                            .put("who", Yaml.mapping().put("access", onlyFor(ADMIN)))
                            .put("what", Yaml.sequence(Yaml.text("*"), Yaml.text("!stop"), Yaml.text("!start"))));
        }
        return permissions;
    }

    /** Returns the limits in bytes per second; a burst lets a picture through at once. */
    private static Yaml.Builder shapers() {
        return Yaml.mapping()
                .put("normal", Yaml.mapping().put("rate", 50_000).put("burst_size", 250_000))
                .put("fast", 200_000);
    }

    private static Yaml.Builder shaperRules(Settings settings) {
        UploadQuota quota = UploadQuota.of(settings.uploadLimit());
        return Yaml.mapping()
                .put("max_user_sessions", Yaml.sequence(Yaml.number(10)))
                .put(OFFLINE_MESSAGES, Yaml.sequence(limit(5_000, ADMIN), limit(1_000, "all")))
                .put(
                        CLIENT_SPEED,
                        Yaml.sequence(
                                Yaml.mapping().put("none", acl(ADMIN)).build(),
                                Yaml.mapping().put("normal", acl("all")).build()))
                .put(SERVER_SPEED, Yaml.sequence(shaper("fast")))
                .put(SOFT_QUOTA, Yaml.sequence(limit(quota.softMebibytes(), "all")))
                .put(HARD_QUOTA, Yaml.sequence(limit(quota.hardMebibytes(), "all")));
    }

    private static Yaml limit(long amount, String list) {
        return Yaml.mapping().put(amount, acl(list)).build();
    }
}
