package dev.firstboot.examples;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.image.Workload;

/** A database that each machine makes for itself, and a role whose password no image holds. */
public record Notes(String role) implements Workload {
    @Override
    public Recipe recipe(Release release) {
        return Recipe.builder("notes")
                .addPackage("postgresql")
                // What the package makes has an identity, which no two machines may share.
                .addRemoval("/etc/postgresql/17")
                .addRemoval("/var/lib/postgresql/17")
                .addDataset(
                        DatasetSpec.stack("postgresql", "/var/lib/postgresql").recordSize(ByteSize.kibibytes(16)))
                .addSecret(Secret.password("database", 32).readableBy("postgres"))
                .addStep(FirstBootStep.script("cluster", """
                        #!/bin/sh -e
                        # Power may have failed in an earlier try: what is half made goes.
                        rm -rf /etc/postgresql/17 /var/lib/postgresql/17
                        pg_createcluster 17 main
                        sync
                        """).before("postgresql@17-main.service"))
                .addStep(FirstBootStep.script("schema", """
                        #!/bin/sh
                        exec psql --set=ON_ERROR_STOP=1 --set=role=%s <<'SQL'
                        \\set password `cat $FIRSTBOOT_SECRETS/database`
                        SELECT format('CREATE ROLE %%I LOGIN', :'role')
                         WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
                        ALTER ROLE :"role" PASSWORD :'password';
                        SELECT format('CREATE DATABASE notes OWNER %%I', :'role')
                         WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'notes') \\gexec
                        SQL
                        """.formatted(role))
                        .user("postgres")
                        .after("postgresql@17-main.service"))
                .addFile(FileEntry.template(
                        "/etc/notes.yml",
                        Template.builder()
                                .text("password: ")
                                .secret("database", Escape.YAML)
                                .text("\n")
                                .build()))
                .addPort(Port.tcp(5432, "the database").loopback())
                .addProbe(Probe.command(
                        "database",
                        "/usr/sbin/runuser",
                        "-u",
                        "postgres",
                        "--",
                        "psql",
                        "-d",
                        "notes",
                        "-c",
                        "SELECT 1"))
                .build();
    }
}
