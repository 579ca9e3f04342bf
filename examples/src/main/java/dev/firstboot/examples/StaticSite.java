package dev.firstboot.examples;

import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Workload;

/** A workload of one's own: one page behind NGINX, on a dataset that rolls back with the system. */
public record StaticSite(String page) implements Workload {
    @Override
    public Recipe recipe(Release release) {
        return Recipe.builder("site")
                .addPackage("nginx-light")
                .addRemoval("/etc/nginx/sites-enabled/default")
                .addFile(FileEntry.text(
                        "/etc/nginx/conf.d/site.conf", "server { listen 80 default_server; root /srv/site; }\n"))
                .addFile(FileEntry.text("/srv/site/index.html", page))
                .addDataset(DatasetSpec.stack("site", "/srv/site").property("atime", "off"))
                .addPort(Port.tcp(80, "the site"))
                .addProbe(Probe.http("page", "http://localhost/", 200))
                .build();
    }
}
