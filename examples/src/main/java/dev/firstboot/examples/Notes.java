package dev.firstboot.examples;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
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

/** Notes in a database, by a program of one's own behind NGINX. Each machine makes the password that leads to them. */
public record Notes(String domain) implements Workload {
    @Override
    public Recipe recipe(Release release) {
        Database database = Postgresql.database("notes").usedBy("notes.service");
        return Recipe.builder("notes")
                .need(database)
                .need(Nginx.site(domain).route("/", Route.proxy(8080)))
                .addPackage("python3-psycopg2")
                .addUser(User.system("notes"))
                .addFile(FileEntry.resource("/usr/lib/notes/notes.py", Notes.class, "notes.py"))
                .addFile(FileEntry.template(
                                "/etc/notes/database",
                                Template.builder()
                                        .text("host=127.0.0.1 dbname=notes user=notes password=")
                                        .secret(database.secret(), Escape.NONE)
                                        .build())
                        .mode(0640)
                        .owner("root", "notes"))
                .addUnit(Sandbox.strict()
                        .sockets("AF_INET")
                        .around(Unit.named("notes.service")
                                .set("Unit", "Description", "Notes")
                                .set("Service", "User", "notes")
                                .set("Service", "ExecStart", "/usr/bin/python3 /usr/lib/notes/notes.py")
                                .set("Service", "Restart", "on-failure")
                                .set("Install", "WantedBy", "multi-user.target")))
                .addPort(Port.tcp(8080, "notes behind NGINX").loopback())
                .addProbe(Probe.http("notes", "http://localhost:8080/", 200))
                .build();
    }
}
