package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Secret;
import dev.firstboot.workload.config.Yaml;
import java.util.List;

/** Puts the parts of the service together and checks that they fit. */
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
        WebFront web = new WebFront(settings, release);
        List<String> problems =
                CrossReferences.problems(settings, config, Listeners.all(release), web, Database.rules());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the configuration of " + settings.domain() + " does not fit together: "
                    + String.join("; ", problems));
        }
        Recipe.Builder recipe = Recipe.builder(NAME);
        for (Secret secret : Secrets.all()) {
            recipe.addSecret(secret);
        }
        Scripts.addTo(recipe);
        // Steps run in this order: the certificate is made while PostgreSQL starts.
        Database database = new Database(release);
        database.addCluster(recipe);
        Certificates.addTo(recipe, settings);
        database.addDatabase(recipe);
        new Node(settings, release).addTo(recipe, config);
        web.addTo(recipe);
        return recipe.addProbe(Probe.command("database", Scripts.path("probe"), "database"))
                .addProbe(Probe.command("login", Scripts.path("probe"), "login"))
                .addProbe(Probe.command("web", Scripts.path("probe"), "web"))
                .build();
    }
}
