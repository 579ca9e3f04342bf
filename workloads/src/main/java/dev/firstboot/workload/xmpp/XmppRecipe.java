package dev.firstboot.workload.xmpp;

import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.config.YamlWriter;
import dev.firstboot.workload.nginx.Site;
import dev.firstboot.workload.postgresql.Database;
import java.util.List;

/** Assembles the parts of the service and checks that they fit. */
final class XmppRecipe {
    static final String NAME = "xmpp";

    private final Settings settings;
    private final Release release;

    XmppRecipe(Settings settings, Release release) {
        this.settings = settings;
        this.release = release;
    }

    Recipe recipe() {
        Yaml.Mapping config = EjabberdConfig.document(settings, release);
        List<Site> sites = new WebFront(settings, release).sites();
        Database database = Settings.database(release);
        Recipe.Builder recipe = Recipe.builder(NAME).need(database).need(settings.certificate());
        settings.acme().ifPresent(recipe::need);
        sites.forEach(recipe::need);
        CrossReferences.problems(settings, config, Listeners.all(release), sites, database)
                .forEach(recipe::addProblem);
        Secrets.all().forEach(recipe::addSecret);
        Scripts.addTo(recipe);
        recipe.addFile(FileEntry.text(Scripts.SETTINGS, json(database)));
        new EjabberdNode(settings, release).addTo(recipe, config);
        return recipe.addProbe(Probe.command("database", Scripts.path("probe"), "database"))
                .addProbe(Probe.command("login", Scripts.path("probe"), "login"))
                .addProbe(Probe.command("web", Scripts.path("probe"), "web"))
                .build();
    }

    /** Returns what the scripts need to know; contains no secrets. */
    private String json(Database database) {
        return YamlWriter.json(Yaml.mapping()
                        .put("domain", settings.domain().value())
                        .put("certificate", settings.certificate().file().value())
                        .put("admin", settings.admin())
                        .put("probe", Settings.PROBE)
                        .put("database", database.name())
                        .put("role", database.owner())
                        .build())
                + "\n";
    }
}
