package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.HbaRule;
import dev.firstboot.workload.config.PostgresConf;
import dev.firstboot.workload.config.ShellWords;
import java.util.ArrayList;
import java.util.List;

/**
 * The PostgreSQL cluster: configured in the image, made by each machine. Debian keeps the configuration outside of the data
 * directory, so it can be there before the cluster is, and Debian's own generator starts the cluster at the first boot as at any other.
 */
final class Database {
    private static final String HOME = "/var/lib/postgresql";

    private final Release release;
    private final String version;

    Database(Release release) {
        this.release = release;
        this.version = release == Release.DEBIAN_12 ? "15" : "17";
    }

    String unit() {
        return "postgresql@" + version + "-main.service";
    }

    /** Who may connect. No line lets anyone in from another machine. */
    static List<HbaRule> rules() {
        return List.of(
                HbaRule.local("all", "postgres", "peer"),
                HbaRule.host(Settings.DATABASE, Settings.DATABASE, Settings.LOOPBACK + "/32", "scram-sha-256"));
    }

    void addCluster(Recipe.Builder recipe) {
        String configuration = "/etc/postgresql/" + version + "/main";
        recipe.addPackage("postgresql")
                // What the package makes if nobody stops it has an identity.
                .addRemoval(configuration)
                .addRemoval(HOME + "/" + version)
                .addDataset(DatasetSpec.stack("postgresql", HOME).recordSize(ByteSize.kibibytes(16)))
                .addFile(owned(FileEntry.directory("/etc/postgresql")))
                .addFile(owned(FileEntry.directory("/etc/postgresql/" + version)))
                .addFile(owned(FileEntry.directory(configuration)))
                .addFile(owned(FileEntry.directory(configuration + "/conf.d")))
                .addFile(owned(FileEntry.text(configuration + "/postgresql.conf", conf().text())))
                .addFile(owned(FileEntry.text(configuration + "/pg_hba.conf", HbaRule.file(rules())))
                        .mode(0640))
                .addFile(owned(FileEntry.text(configuration + "/pg_ident.conf", "# MAP SYSTEM-USER DATABASE-USER\n"))
                        .mode(0640))
                .addFile(owned(FileEntry.text(configuration + "/start.conf", "auto\n")))
                .addFile(owned(FileEntry.text(configuration + "/environment", "# environment of the server\n")))
                .addFile(owned(FileEntry.text(configuration + "/pg_ctl.conf", "pg_ctl_options = ''\n")))
                .addUnit(Sandboxes.postgresql(restarted(notifying(Unit.dropIn(unit(), "xmpp")))))
                // Debian's own does it as root, in a directory where postgres may make files.
                .addFile(FileEntry.text("/etc/logrotate.d/postgresql-common", rotation()))
                .addPort(Port.tcp(Settings.POSTGRESQL_PORT, "PostgreSQL").loopback())
                .addStep(FirstBootStep.script("cluster", "#!/bin/sh\nexec " + ShellWords.join(cluster()) + "\n")
                        .user("postgres")
                        .before(unit()));
    }

    /** Adds what needs the running cluster. */
    void addDatabase(Recipe.Builder recipe) {
        recipe.addStep(FirstBootStep.script("database", "#!/bin/sh\nexec " + ShellWords.join(database()) + "\n")
                .after(unit())
                .before("ejabberd.service"));
    }

    /**
     * Debian leaves a server down that was killed, or found no room to recover in. Of a process that the kernel ended for want of memory the server sees to
     * itself, so systemd does not stop it for that.
     */
    private static Unit restarted(Unit unit) {
        return unit.set("Service", "Restart", "on-failure")
                .set("Service", "RestartSec", "5")
                .set("Service", "OOMPolicy", "continue");
    }

    /** Debian's own start takes two seconds longer: it watches for that long whether the server, which has said that it is there, stays. */
    private Unit notifying(Unit unit) {
        String cluster = version + "/main";
        return unit.set("Service", "Type", "notify")
                .set("Service", "Environment", "LANG=C.UTF-8")
                // As Debian does: the kernel may end a client's process for want of memory, not the server's first one.
                .set("Service", "Environment", "PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj")
                .set("Service", "ExecStart", "")
                .set(
                        "Service",
                        "ExecStart",
                        "/bin/sh -c 'exec /usr/lib/postgresql/" + version + "/bin/postgres -D " + HOME + "/" + cluster
                                + " -c config_file=/etc/postgresql/" + cluster
                                + "/postgresql.conf >>/var/log/postgresql/postgresql-" + version + "-main.log 2>&1'");
    }

    private static String rotation() {
        return """
                /var/log/postgresql/*.log {
                    su postgres postgres
                    weekly
                    rotate 10
                    copytruncate
                    delaycompress
                    compress
                    notifempty
                    missingok
                }
                """;
    }

    private Object[] cluster() {
        List<String> words = new ArrayList<>(List.of(Scripts.path("cluster"), version, "--locale=C.UTF-8"));
        if (release.compareTo(Release.DEBIAN_13) >= 0) {
            // Sorts the same whatever C library a later release brings.
            words.add("--locale-provider=builtin");
        }
        return words.toArray();
    }

    private Object[] database() {
        List<String> words = new ArrayList<>(List.of(
                Scripts.path("database"),
                unit(),
                Settings.DATABASE,
                Settings.DATABASE,
                Secrets.path(Secrets.DATABASE)));
        if (release == Release.DEBIAN_12) {
            // From 23.10 on ejabberd makes its own tables.
            words.add("/usr/share/ejabberd/sql/pg.new.sql");
        }
        return words.toArray();
    }

    private PostgresConf conf() {
        String configuration = "/etc/postgresql/" + version + "/main";
        return new PostgresConf()
                .set("data_directory", HOME + "/" + version + "/main")
                .set("hba_file", configuration + "/pg_hba.conf")
                .set("ident_file", configuration + "/pg_ident.conf")
                .set("external_pid_file", "/run/postgresql/" + version + "-main.pid")
                .set("cluster_name", version + "/main")
                .set("listen_addresses", Settings.LOOPBACK)
                .set("port", Settings.POSTGRESQL_PORT)
                .set("unix_socket_directories", "/run/postgresql")
                .set("password_encryption", "scram-sha-256")
                .set("max_connections", 60)
                .set("shared_buffers", "128MB")
                .set("effective_cache_size", "512MB")
                .set("max_wal_size", "1GB")
                .set("wal_compression", true)
                // Its queries are short, and code made at run time is what the sandbox keeps out.
                .set("jit", false)
                // A file system that never overwrites gains nothing from files made ready to be overwritten.
                .set("wal_init_zero", false)
                .set("wal_recycle", false)
                .set("full_page_writes", true)
                .set("log_line_prefix", "%m [%p] %q%u@%d ")
                .set("log_timezone", "Etc/UTC")
                .set("timezone", "Etc/UTC")
                .set("datestyle", "iso, ymd")
                .set("lc_messages", "C.UTF-8")
                .set("lc_monetary", "C.UTF-8")
                .set("lc_numeric", "C.UTF-8")
                .set("lc_time", "C.UTF-8")
                .set("default_text_search_config", "pg_catalog.simple")
                .set("include_dir", "conf.d");
    }

    private static FileEntry owned(FileEntry file) {
        return file.owner("postgres", "postgres");
    }
}
