package dev.firstboot.examples;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.image.User;
import dev.firstboot.image.Workload;
import dev.firstboot.workload.config.Sandbox;
import dev.firstboot.workload.nginx.Nginx;
import dev.firstboot.workload.nginx.Route;
import dev.firstboot.workload.postgresql.Database;
import dev.firstboot.workload.postgresql.Postgresql;

/** Counts visitors, in a table that a first-boot step makes as soon as the database is there. */
public record Visits(String domain) implements Workload {
    @Override
    public Recipe recipe(Release release) {
        Database database = Postgresql.database("visits").connections(5).usedBy("visits.service");
        return Recipe.builder("visits")
                .need(database)
                .need(Nginx.site(domain)
                        .route("/", Route.proxy(8081).exactly())
                        .route("/about/", Route.files("/srv/visits"))
                        .header("X-Content-Type-Options", "nosniff"))
                .addPackages("python3-psycopg2")
                .addUser(User.system("visits"))
                .addFile(FileEntry.text("/srv/visits/about/index.html", "<h1>Every visit counts</h1>\n"))
                .addFile(FileEntry.resource("/usr/lib/visits/visits.py", Visits.class, "visits.py"))
                .addFile(FileEntry.template(
                                "/etc/visits/pgpass",
                                Template.builder()
                                        .text("127.0.0.1:5432:visits:visits:")
                                        .secret(database.secret(), Escape.NONE)
                                        .build())
                        .mode(0600)
                        .owner("visits", "visits"))
                .addStep(FirstBootStep.script("table", """
                                #!/bin/sh
                                PGPASSFILE=/etc/visits/pgpass exec psql -XAtq -h 127.0.0.1 -d visits -U visits \\
                                    -c 'CREATE TABLE IF NOT EXISTS visit (at timestamptz NOT NULL DEFAULT now())'
                                """)
                        .user("visits")
                        .after(database.unit())
                        .before("visits.service"))
                .addUnit(Sandbox.strict()
                        .sockets("AF_INET")
                        .around(Unit.named("visits.service")
                                .set("Unit", "Description", "Visits")
                                .set("Service", "User", "visits")
                                .set("Service", "Environment", "PGPASSFILE=/etc/visits/pgpass")
                                .set("Service", "ExecStart", "/usr/bin/python3 /usr/lib/visits/visits.py")
                                .set("Service", "Restart", "on-failure")
                                .set("Install", "WantedBy", "multi-user.target")))
                .addPort(Port.tcp(8081, "visits behind NGINX").loopback())
                .addProbe(Probe.http("visits", "http://localhost:8081/", 200))
                .build();
    }
}
