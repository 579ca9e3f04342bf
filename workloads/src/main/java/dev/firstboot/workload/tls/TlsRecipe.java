package dev.firstboot.workload.tls;

import dev.firstboot.image.Digest;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Request;
import dev.firstboot.image.Resources;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.ShellWords;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.config.YamlWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the needs for certificates, and renders the scripts and units that issue, obtain and renew them. */
final class TlsRecipe {
    static final String NAME = "tls";
    /** The file that overrides the settings of {@link Acme} on one machine. */
    static final String OVERRIDES = "/etc/default/tls-acme";
    /** The settings of the scripts; no secrets. Each certificate has its own file next to it. */
    static final String SETTINGS = "/usr/lib/firstboot-tls/settings.json";

    /** systemd's limit, minus room for a prefix and a suffix. */
    private static final int LONGEST_IN_UNIT = 180;

    private static final Secret CLOUDFLARE = Secret.supplied("cloudflare-token")
            .checkedBy(check(
                    "[A-Za-z0-9._~+\\/-]{1,1024}=*", "it is no token of letters, digits and - . _ ~ + / (RFC 6750)"));
    private static final Secret EMAIL = Secret.supplied("acme-email").checkedBy(mailCheck());

    private final Recipe.Builder recipe = Recipe.builder(NAME);
    private final Map<DomainName, Certificate> certificates = new LinkedHashMap<>();
    /** The recipe from which a certificate has its group. */
    private final Map<DomainName, String> readers = new HashMap<>();

    private final Acme acme;

    TlsRecipe(List<Request<TlsNeed>> requests) {
        requests.forEach(request -> {
            if (request.need() instanceof Certificate certificate) {
                certificates.merge(certificate.name(), certificate, (one, other) -> merged(one, other, request.from()));
                if (!certificate.group().equals("root")) {
                    readers.putIfAbsent(certificate.name(), request.from());
                }
            }
        });
        acme = acme(requests);
    }

    private Certificate merged(Certificate one, Certificate other, String from) {
        Certificate both = one.and(other);
        if (!other.group().equals("root") && !both.group().equals(other.group())) {
            recipe.addProblem(
                    "the certificate of " + one.name() + " is to be readable by group " + one.group() + " for "
                            + readers.get(one.name()) + ", but by group " + other.group() + " for " + from
                            + "; it can have one group only");
        }
        return both;
    }

    /** Returns the one authority for the whole machine: certbot renews all certificates with the same settings. */
    private Acme acme(List<Request<TlsNeed>> requests) {
        Acme chosen = null;
        String by = "";
        for (Request<TlsNeed> request : requests) {
            if (request.need() instanceof Acme other) {
                if (chosen == null) {
                    chosen = other;
                    by = request.from();
                } else if (!other.equals(chosen)) {
                    recipe.addProblem("ACME authority " + chosen.directory() + " of " + by + " and " + other.directory()
                            + " of " + request.from() + " are two; a machine asks one only");
                }
            }
        }
        return chosen == null ? Acme.letsEncrypt() : chosen;
    }

    Recipe recipe() {
        recipe.addPackages("certbot", "python3-certbot-dns-cloudflare")
                .addSecret(CLOUDFLARE)
                .addSecret(EMAIL)
                .addFile(script("tls"))
                .addFile(script("acme"))
                .addFile(FileEntry.text(SETTINGS, settings()))
                .addStep(FirstBootStep.script(
                                "certificates", "#!/bin/sh\nexec " + ShellWords.join(path("tls"), "ensure") + "\n")
                        .everyBoot()
                        .before(certificates.values().stream()
                                .flatMap(certificate -> certificate.units().stream())
                                .distinct()
                                .toArray(String[]::new)))
                .addUnit(Sandboxes.certbot(authority(Unit.dropIn("certbot.service", NAME))))
                .addUnit(Unit.enabled("certbot.timer"))
                .addUnit(Sandboxes.authority(Unit.named("tls-renew.service")
                        .state(Unit.State.UNCHANGED)
                        .set("Unit", "Description", "Replace certificates that are no good")
                        .set("Service", "Type", "oneshot")
                        .set("Service", "ExecStart", path("tls") + " renew")))
                .addUnit(Unit.named("tls-renew.timer")
                        .set("Unit", "Description", "Look every hour whether certificates are to be renewed")
                        .set("Timer", "OnCalendar", "hourly")
                        .set("Timer", "RandomizedDelaySec", "10min")
                        .set("Timer", "Persistent", "true")
                        .set("Install", "WantedBy", "timers.target"));
        for (Certificate certificate : certificates.values()) {
            recipe.addUnit(Sandboxes.certbot(obtain(certificate)))
                    // Owned by the group that reads the certificate, so that the bake fails if the group does not
                    // exist.
                    .addFile(FileEntry.text(path("certificates/" + certificate.name() + ".json"), settings(certificate))
                            .mode(0644)
                            .owner("root", certificate.group()));
        }
        return recipe.build();
    }

    private Unit obtain(Certificate certificate) {
        List<String> words =
                new ArrayList<>(List.of(path("acme"), certificate.name().value()));
        if (certificate.allBelow()) {
            words.add("*." + certificate.name());
        }
        certificate.names().stream()
                .filter(name -> !certificate.allBelow() || !isDirectlyBelow(name, certificate.name()))
                .forEach(name -> words.add(name.value()));
        return authority(Unit.named("tls-acme-"
                                + Digest.shortened(certificate.name().value(), LONGEST_IN_UNIT) + ".service")
                        .set("Unit", "Description", "Obtain a certificate for " + certificate.name() + " by ACME")
                        .set("Unit", "After", "firstboot-ready.target")
                        .set(
                                "Unit",
                                "ConditionPathExists",
                                CLOUDFLARE.file(NAME).value())
                        .set("Service", "Type", "exec"))
                .set("Service", "ExecStart", String.join(" ", words))
                .set("Service", "Restart", "on-failure")
                .set("Service", "RestartSec", "1min")
                .set("Install", "WantedBy", "firstboot-ready.target");
    }

    private static boolean isDirectlyBelow(DomainName name, DomainName parent) {
        String text = name.value();
        return text.endsWith("." + parent)
                && text.indexOf('.') == text.length() - parent.value().length() - 1;
    }

    /** Returns the unit with the authority's settings. */
    private Unit authority(Unit unit) {
        return unit.set("Service", "Environment", "ACME_DIRECTORY=" + percent(acme.directory()))
                .set("Service", "Environment", "CLOUDFLARE_API_URL=" + percent(acme.cloudflareApi()))
                .set(
                        "Service",
                        "Environment",
                        "ACME_PROPAGATION_SECONDS=" + acme.propagation().toSeconds())
                .set("Service", "EnvironmentFile", "-" + OVERRIDES);
    }

    /** Escapes {@code %}, which systemd reads as the start of a specifier. */
    private static String percent(Object value) {
        return value.toString().replace("%", "%%");
    }

    private String settings() {
        return YamlWriter.json(Yaml.mapping()
                        .put("domains", Yaml.texts(domains()))
                        .put("certificates", Yaml.texts(List.copyOf(certificates.keySet())))
                        .build())
                + "\n";
    }

    private static String settings(Certificate certificate) {
        return YamlWriter.json(Yaml.mapping()
                        .put("name", certificate.name().value())
                        .put("names", Yaml.texts(certificate.covered()))
                        .put("group", certificate.group())
                        .put("units", Yaml.texts(certificate.units()))
                        .build())
                + "\n";
    }

    /** Returns the names that the machine's own authority may certify; each includes all names below it. */
    private List<DomainName> domains() {
        List<DomainName> all = certificates.values().stream()
                .flatMap(certificate -> certificate.covered().stream())
                .distinct()
                .toList();
        return all.stream()
                .filter(name -> all.stream().noneMatch(other -> name.value().endsWith("." + other)))
                .toList();
    }

    private static String path(String script) {
        return "/usr/lib/firstboot-tls/" + script;
    }

    private static FileEntry script(String name) {
        return FileEntry.script(path(name), Resources.text(TlsRecipe.class, name));
    }

    private static String mailCheck() {
        String label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        return check(
                "(?=.{1,254}\\z)[A-Za-z0-9.!\\$%&*+\\/=?^_`{|}~-]{1,64}\\@" + label + "(\\." + label + ")+",
                "it is not one mail address in ASCII, such as ops\\@example.com");
    }

    /** Returns a script that stores a supplied value without surrounding blanks, if it matches; perl is part of every Debian system. */
    private static String check(String pattern, String reason) {
        return String.join(
                "\n",
                "#!/usr/bin/perl",
                "local $/;",
                "$_ = <STDIN>;",
                "s/\\A\\s+|\\s+\\z//g;",
                "/\\A(?:" + pattern + ")\\z/ or die \"" + reason + "\\n\";",
                "print;",
                "");
    }
}
