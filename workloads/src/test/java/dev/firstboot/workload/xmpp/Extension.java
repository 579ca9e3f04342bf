package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Release;
import java.util.List;

/**
 * What XEP-0479 (XMPP Compliance Suites 2023) asks of a server in one feature, and what provides it here. {@code docs/xmpp.md} prints
 * these, and a test holds both to the configuration.
 *
 * @param suite the suite: Core, Web, IM, Mobile or A/V
 * @param feature the suite's own word for it
 * @param level the lowest level of the suite that asks for it
 * @param specifications RFCs and XEPs
 * @param providers modules of ejabberd, or {@code listener:} with a port, that must be configured for it
 * @param since the first release whose ejabberd does it in full
 * @param note what a reader should know; may be empty
 */
record Extension(
        String suite,
        String feature,
        Level level,
        List<String> specifications,
        List<String> providers,
        Release since,
        String note) {
    Extension {
        specifications = List.copyOf(specifications);
        providers = List.copyOf(providers);
    }

    /** Who must do it. */
    enum Level {
        SERVER,
        ADVANCED_SERVER,
        /** Asked by no suite, but by what people expect. */
        BEYOND
    }

    private static final List<Extension> ALL = List.of(
            core("Core features", Level.SERVER, "RFC 6120", "listener:5222", "listener:5269"),
            core("TLS", Level.SERVER, "RFC 7590", "listener:5222", "listener:5269"),
            core("Direct TLS", Level.ADVANCED_SERVER, "XEP-0368", "listener:5223", "listener:5270"),
            core("Feature discovery", Level.SERVER, "XEP-0030", "mod_disco"),
            core("Feature broadcasts", Level.ADVANCED_SERVER, "XEP-0115", "mod_caps"),
            core("Server extensibility", Level.SERVER, "XEP-0114", "listener:5347")
                    .noted("on loopback, with a password that each machine makes"),
            core("Event publishing", Level.ADVANCED_SERVER, "XEP-0163", "mod_pubsub"),
            web("Web connection mechanisms", Level.SERVER, "RFC 7395, XEP-0124, XEP-0206", "mod_bosh", "listener:5280"),
            web("Connection mechanism discovery", Level.BEYOND, "XEP-0156", "mod_host_meta"),
            im("Core features", Level.SERVER, "RFC 6121", "mod_roster"),
            im(
                    "User avatar compatibility",
                    Level.ADVANCED_SERVER,
                    "XEP-0398, XEP-0153",
                    "mod_avatar",
                    "mod_vcard_xupdate"),
            im("vcard-temp", Level.SERVER, "XEP-0054", "mod_vcard"),
            im("Outbound message synchronization", Level.SERVER, "XEP-0280", "mod_carboncopy"),
            im("User blocking", Level.ADVANCED_SERVER, "XEP-0191", "mod_blocking"),
            im("Group chat", Level.SERVER, "XEP-0045, XEP-0249", "mod_muc"),
            im(
                            "Advanced group chat",
                            Level.ADVANCED_SERVER,
                            "XEP-0048, XEP-0313, XEP-0402, XEP-0410",
                            "mod_muc",
                            "mod_mam",
                            "mod_pubsub",
                            "mod_private")
                    .inFullSince(Release.DEBIAN_13)
                    .noted("Debian 12's ejabberd converts between XEP-0048 and XEP-0049 only, not XEP-0402"),
            im("Persistent storage of private data via PubSub", Level.ADVANCED_SERVER, "XEP-0223", "mod_pubsub"),
            im("Private XML storage", Level.ADVANCED_SERVER, "XEP-0049", "mod_private"),
            im("Stream management", Level.ADVANCED_SERVER, "XEP-0198", "mod_stream_mgmt"),
            im("History storage and retrieval", Level.ADVANCED_SERVER, "XEP-0313", "mod_mam"),
            im("File upload", Level.SERVER, "XEP-0363", "mod_http_upload"),
            mobile("Stream management", Level.SERVER, "XEP-0198", "mod_stream_mgmt"),
            mobile("Client state indication", Level.ADVANCED_SERVER, "XEP-0352", "mod_client_state"),
            mobile(
                    "Third-party push notifications",
                    Level.ADVANCED_SERVER,
                    "XEP-0357",
                    "mod_push",
                    "mod_push_keepalive"),
            new Extension(
                    "A/V",
                    "External service discovery",
                    Level.ADVANCED_SERVER,
                    List.of("XEP-0215"),
                    List.of("mod_stun_disco", "listener:3478"),
                    Release.DEBIAN_12,
                    ""),
            beyond("Bidirectional server connections", "XEP-0288", "mod_s2s_bidi")
                    .inFullSince(Release.DEBIAN_13),
            beyond("Server dialback", "XEP-0220", "mod_s2s_dialback"),
            beyond("Roster versioning", "RFC 6121, section 2.6", "mod_roster"),
            beyond("File transfer proxy", "XEP-0065", "mod_proxy65"),
            beyond("Ping", "XEP-0199", "mod_ping"),
            beyond("Administration by ad-hoc commands", "XEP-0050, XEP-0133", "mod_adhoc", "mod_configure"));

    static List<Extension> all() {
        return ALL;
    }

    /** A line of the table for people. */
    String row() {
        String asked = switch (level) {
            case SERVER -> "server";
            case ADVANCED_SERVER -> "advanced server";
            case BEYOND -> "–";
        };
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                suite,
                                feature,
                                asked,
                                String.join(", ", specifications),
                                String.join(
                                        ", ",
                                        providers.stream().map(Extension::shown).toList()),
                                "Debian " + since.version() + (note.isEmpty() ? "" : "; " + note)))
                + " |";
    }

    private static String shown(String provider) {
        return provider.startsWith("listener:")
                ? "port " + provider.substring("listener:".length())
                : "`" + provider + "`";
    }

    private static Extension core(String feature, Level level, String specifications, String... providers) {
        return of("Core", feature, level, specifications, providers);
    }

    private static Extension web(String feature, Level level, String specifications, String... providers) {
        return of("Web", feature, level, specifications, providers);
    }

    private static Extension im(String feature, Level level, String specifications, String... providers) {
        return of("IM", feature, level, specifications, providers);
    }

    private static Extension mobile(String feature, Level level, String specifications, String... providers) {
        return of("Mobile", feature, level, specifications, providers);
    }

    private static Extension beyond(String feature, String specifications, String... providers) {
        return of("–", feature, Level.BEYOND, specifications, providers);
    }

    private static Extension of(String suite, String feature, Level level, String specifications, String... providers) {
        return new Extension(suite, feature, level, List.of(specifications), List.of(providers), Release.DEBIAN_12, "");
    }

    private Extension noted(String text) {
        return new Extension(suite, feature, level, specifications, providers, since, text);
    }

    private Extension inFullSince(Release release) {
        return new Extension(suite, feature, level, specifications, providers, release, note);
    }
}
