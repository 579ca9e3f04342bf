package dev.firstboot.workload.xmpp;

import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.ShellWords;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.config.YamlWriter;

/**
 * The certificate: at one final path, from the machine's own authority first, from an ACME authority when there is a credential and as
 * soon as that works. Nothing waits for ACME.
 */
final class Certificates {
    /** Key and chain in one file that is only ever replaced as a whole. */
    static final String SERVED = "/var/lib/firstboot/tls/xmpp.pem";
    /** The certificate of the machine's own authority; anyone may read it. */
    static final String AUTHORITY = "/var/lib/firstboot/ca/ca.pem";
    /** What overrides the settings of {@link Acme} on one machine. */
    static final String OVERRIDES = "/etc/default/xmpp-acme";

    private Certificates() {}

    static void addTo(Recipe.Builder recipe, Settings settings) {
        recipe.addPackages("certbot", "python3-certbot-dns-cloudflare")
                .addFile(FileEntry.text(Scripts.SETTINGS, json(settings)))
                .addStep(FirstBootStep.script(
                                "certificate",
                                "#!/bin/sh\nexec " + ShellWords.join(Scripts.path("tls"), "ensure") + "\n")
                        .everyBoot()
                        .before("ejabberd.service", "nginx.service"))
                .addUnit(Sandboxes.certbot(acme(settings)))
                .addUnit(Sandboxes.certbot(authority(Unit.dropIn("certbot.service", "xmpp"), settings.acme())))
                .addUnit(Unit.enabled("certbot.timer"))
                .addUnit(Sandboxes.authority(Unit.named("xmpp-renew.service")
                        .state(Unit.State.UNCHANGED)
                        .set("Unit", "Description", "Replace a certificate that is no good")
                        .set("Service", "Type", "oneshot")
                        .set("Service", "ExecStart", Scripts.path("tls") + " renew")))
                .addUnit(Unit.named("xmpp-renew.timer")
                        .set("Unit", "Description", "Look every hour whether the certificate is to be renewed")
                        .set("Timer", "OnCalendar", "hourly")
                        .set("Timer", "RandomizedDelaySec", "10min")
                        .set("Timer", "Persistent", "true")
                        .set("Install", "WantedBy", "timers.target"));
    }

    private static Unit acme(Settings settings) {
        Unit unit = Unit.named("xmpp-acme.service")
                .set("Unit", "Description", "Obtain a certificate for " + settings.domain() + " by ACME")
                .set("Unit", "After", "firstboot-ready.target")
                .set("Unit", "ConditionPathExists", Secrets.path(Secrets.CLOUDFLARE))
                .set("Service", "Type", "exec");
        return authority(unit, settings.acme())
                .set("Service", "ExecStart", Scripts.path("acme") + " " + settings.domain())
                .set("Service", "Restart", "on-failure")
                .set("Service", "RestartSec", "1min")
                .set("Install", "WantedBy", "firstboot-ready.target");
    }

    /** The same unit, told which authority to ask and how. */
    private static Unit authority(Unit unit, Acme acme) {
        return unit.set("Service", "Environment", "ACME_DIRECTORY=" + percent(acme.directory()))
                .set("Service", "Environment", "CLOUDFLARE_API_URL=" + percent(acme.cloudflareApi()))
                .set(
                        "Service",
                        "Environment",
                        "ACME_PROPAGATION_SECONDS=" + acme.propagation().toSeconds())
                .set("Service", "EnvironmentFile", "-" + OVERRIDES);
    }

    /** systemd reads {@code %} as the start of a specifier. */
    private static String percent(Object value) {
        return value.toString().replace("%", "%%");
    }

    /** What the scripts need to know; no secret. */
    private static String json(Settings settings) {
        return YamlWriter.json(Yaml.mapping()
                        .put("domain", settings.domain().value())
                        .put("names", Yaml.texts(settings.served()))
                        .put("group", "ejabberd")
                        .put("reload", Yaml.sequence(Yaml.text("ejabberd.service"), Yaml.text("nginx.service")))
                        .put("admin", settings.admin())
                        .put("probe", Settings.PROBE)
                        .put("database", Settings.DATABASE)
                        .put("role", Settings.DATABASE)
                        .build())
                + "\n";
    }
}
