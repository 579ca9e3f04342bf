package dev.firstboot.workload.postgresql;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Claims;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Request;
import dev.firstboot.image.Resources;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Sandbox;
import dev.firstboot.workload.config.ShellWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PostgreSQL cluster: configured in the image, created by each machine. Debian keeps the configuration outside of the data directory, so it can
 * exist before the cluster does, and Debian's own generator starts the cluster at the first boot as at any other.
 */
final class PostgresqlRecipe {
    static final String NAME = "postgresql";

    private static final String HOME = "/var/lib/postgresql";
    /** For the administrator, and for maintenance of the databases. */
    private static final int OTHER_CONNECTIONS = 10;

    private final Release release;
    private final String version;
    private final String configuration;
    private final List<Request<PostgresqlNeed>> requests;
    private final List<Wanted> databases;
    private final Recipe.Builder recipe = Recipe.builder(NAME);

    PostgresqlRecipe(Release release, List<Request<PostgresqlNeed>> requests) {
        this.release = release;
        this.version = release == Release.DEBIAN_12 ? "15" : "17";
        this.configuration = "/etc/postgresql/" + version + "/main";
        this.requests = requests;
        this.databases = requests.stream()
                .filter(request -> request.need() instanceof Database)
                .map(request -> new Wanted((Database) request.need(), request.from()))
                .toList();
    }

    /** A database, and the recipe that needs it. */
    private record Wanted(Database need, String from) {}

    Recipe recipe() {
        noTwoClaims();
        recipe.addPackage("postgresql")
                // The cluster that the package would create contains an identity.
                .addRemoval(configuration)
                .addRemoval(HOME + "/" + version)
                .addDataset(DatasetSpec.stack(NAME, HOME).recordSize(ByteSize.kibibytes(16)))
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
                .addUnit(sandboxed(restarted(notifying(Unit.dropIn(unit(), "firstboot")))))
                // Debian's own rotates as root, in a directory where postgres may create files.
                .addFile(FileEntry.text("/etc/logrotate.d/postgresql-common", rotation()))
                .addFile(script("initdb"))
                .addFile(script("database"))
                .addFile(FileEntry.text(path("port.nft"), portRules()))
                .addPort(Port.tcp(Postgresql.PORT, "PostgreSQL").loopback())
                .addStep(step("initdb", initdb()).user("postgres").before(unit()));
        databases.forEach(wanted -> recipe.addStep(step(step(wanted.need()), command(wanted))
                .after(unit())
                .before(wanted.need().units().toArray(String[]::new))));
        return recipe.build();
    }

    /** Returns the name of the step that creates a database. */
    static String step(Database database) {
        return "database-" + database.name().replace('_', '-');
    }

    private static FirstBootStep step(String name, List<Object> command) {
        return FirstBootStep.script(name, "#!/bin/sh\nexec " + ShellWords.join(command.toArray()) + "\n");
    }

    private void noTwoClaims() {
        Claims claims = new Claims("is needed twice by", recipe::addProblem);
        for (Wanted wanted : databases) {
            claims.claim("database " + wanted.need().name(), wanted.from());
            claims.claim("database owner " + wanted.need().owner(), wanted.from());
        }
    }

    /** Returns the parameters that recipes set, which replace those set here. */
    private Map<String, String> parameters() {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Request<PostgresqlNeed> request : requests) {
            if (request.need() instanceof Parameter parameter) {
                String before = values.putIfAbsent(parameter.name(), parameter.value());
                if (before != null && !before.equals(parameter.value())) {
                    recipe.addProblem("parameter " + parameter.name() + " is to be " + before + " for "
                            + owners.get(parameter.name()) + ", but " + parameter.value() + " for " + request.from());
                }
                owners.putIfAbsent(parameter.name(), request.from());
            }
        }
        return values;
    }

    private String unit() {
        return "postgresql@" + version + "-main.service";
    }

    /** Returns who may connect. No line admits connections from another machine. */
    private List<HbaRule> rules() {
        return Stream.concat(
                        Stream.of(HbaRule.local("all", "postgres", "peer")),
                        databases.stream()
                                .map(wanted -> HbaRule.host(
                                        wanted.need().name(),
                                        wanted.need().owner(),
                                        Postgresql.ADDRESS + "/32",
                                        "scram-sha-256")))
                .toList();
    }

    /** Returns the unit in its sandbox. Debian starts it as root and changes to its user later; here the unit sets the user. */
    private static Unit sandboxed(Unit unit) {
        return Sandbox.strict()
                .sockets("AF_UNIX", "AF_INET", "AF_INET6")
                .withoutCalls("@privileged", "@resources")
                .withoutNewCode()
                .writes(HOME, "/var/log/postgresql", "/run/postgresql")
                .around(unit.set("Service", "User", "postgres").set("Service", "Group", "postgres"));
    }

    /**
     * Returns the unit with restarts. Debian does not restart a server that was killed, or had no disk space for recovery. If the kernel's OOM killer
     * ends one process, the server handles that itself, so systemd does not stop it for that.
     */
    private static Unit restarted(Unit unit) {
        return unit.set("Service", "Restart", "on-failure")
                .set("Service", "RestartSec", "5")
                .set("Service", "OOMPolicy", "continue");
    }

    /**
     * Returns the unit with type notify. Debian's own start takes two seconds longer: after the server has reported itself ready, it watches for that
     * long whether it stays up.
     */
    private Unit notifying(Unit unit) {
        String cluster = version + "/main";
        return unit.set("Service", "Type", "notify")
                .set("Service", "ExecStartPre", "+/usr/sbin/nft -f " + path("port.nft"))
                .set("Service", "Environment", "LANG=C.UTF-8")
                // As in Debian: the kernel may OOM-kill a client's process, but not the server's first one.
                .set("Service", "Environment", "PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj")
                .set("Service", "ExecStart", "")
                .set(
                        "Service",
                        "ExecStart",
                        "/bin/sh -c 'exec /usr/lib/postgresql/" + version + "/bin/postgres -D " + HOME + "/" + cluster
                                + " -c config_file=/etc/postgresql/" + cluster
                                + "/postgresql.conf >>/var/log/postgresql/postgresql-" + version + "-main.log 2>&1'");
    }

    /**
     * Returns nftables rules. Another user's process that listens on the server's port while the server is down would receive passwords: its answers
     * are dropped.
     */
    private static String portRules() {
        return """
                table inet firstboot-postgresql
                delete table inet firstboot-postgresql
                table inet firstboot-postgresql {
                  chain output {
                    type filter hook output priority filter
                    oifname "lo" tcp sport %d meta skuid != "postgres" drop
                  }
                }
                """.formatted(Postgresql.PORT);
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

    private List<Object> initdb() {
        List<Object> words = new ArrayList<>(List.of(path("initdb"), version, "--locale=C.UTF-8"));
        if (release.compareTo(Release.DEBIAN_13) >= 0) {
            // Sorts the same whatever C library a later release has.
            words.add("--locale-provider=builtin");
        }
        return words;
    }

    private List<Object> command(Wanted wanted) {
        Database need = wanted.need();
        List<Object> words = new ArrayList<>(List.of(path("database")));
        need.schema().ifPresent(schema -> words.addAll(List.of("--schema", schema.file(), schema.table())));
        words.addAll(
                List.of(unit(), need.name(), need.owner(), need.password().file(wanted.from()), need.connections()));
        words.addAll(need.units());
        return words;
    }

    private static String path(String script) {
        return "/usr/lib/firstboot-postgresql/" + script;
    }

    private static FileEntry script(String name) {
        return FileEntry.script(path(name), Resources.text(PostgresqlRecipe.class, name));
    }

    private PostgresConf conf() {
        PostgresConf conf = new PostgresConf()
                .set("data_directory", HOME + "/" + version + "/main")
                .set("hba_file", configuration + "/pg_hba.conf")
                .set("ident_file", configuration + "/pg_ident.conf")
                .set("external_pid_file", "/run/postgresql/" + version + "-main.pid")
                .set("cluster_name", version + "/main")
                .set("listen_addresses", Postgresql.ADDRESS)
                .set("port", Postgresql.PORT)
                .set("unix_socket_directories", "/run/postgresql")
                .set("password_encryption", "scram-sha-256")
                .set(
                        "max_connections",
                        OTHER_CONNECTIONS
                                + databases.stream()
                                        .mapToInt(wanted -> wanted.need().connections())
                                        .sum())
                .set("shared_buffers", "128MB")
                .set("effective_cache_size", "512MB")
                .set("max_wal_size", "1GB")
                .set("wal_compression", true)
                // Its queries are short, and the sandbox prevents code generated at run time.
                .set("jit", false)
                // A file system that never overwrites gains nothing from preallocated files.
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
        parameters().forEach(conf::replace);
        return conf;
    }

    private static FileEntry owned(FileEntry file) {
        return file.owner("postgres", "postgres");
    }
}
