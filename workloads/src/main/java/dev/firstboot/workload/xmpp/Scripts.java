package dev.firstboot.workload.xmpp;

import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Resources;
import java.util.List;

/** The programs in the image for its first boot and its probes; each documents itself. */
final class Scripts {
    static final String SETTINGS = "/etc/xmpp/settings.json";

    private static final String DIRECTORY = "/usr/lib/xmpp";
    private static final List<String> ALL = List.of("accounts", "address", "probe", "relay", "values");

    private Scripts() {}

    static String path(String name) {
        return DIRECTORY + "/" + name;
    }

    static void addTo(Recipe.Builder recipe) {
        for (String name : ALL) {
            recipe.addFile(FileEntry.script(path(name), Resources.text(Scripts.class, name)));
        }
    }
}
