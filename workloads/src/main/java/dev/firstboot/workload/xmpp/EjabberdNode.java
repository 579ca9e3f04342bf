package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.ShellWords;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.config.YamlWriter;

/** ejabberd as an Erlang node: its name, cookie, unit, files and accounts. */
final class EjabberdNode {
    /** The share of the pool that uploads may take, in percent, so that the database can continue. */
    private static final int UPLOAD_SHARE = 50;

    private static final String HOME = "/var/lib/ejabberd";
    private static final String UNIT = Settings.UNIT;
    /** Root writes it, so it is not in ejabberd's home, where Erlang looks for it: a link there points here. */
    private static final String COOKIE = "/etc/ejabberd/.erlang.cookie";

    private static final String COOKIE_LINK = HOME + "/.erlang.cookie";
    /** A directory whose log files are links to /dev/null: ejabberd's output is in the journal, which has a size limit. */
    private static final String LOGS = "/usr/lib/xmpp/log";
    /** Idle schedulers would keep the processors busy, which the database and NGINX need (erl(1), +sbwt). */
    private static final String NO_SPINNING = " +sbwt none +sbwtdcpu none +sbwtdio none";

    /** ejabberd and its dependencies that must be newer than in Debian 13. */
    private static final String[] BACKPORTS = {
        "ejabberd",
        "erlang-idna",
        "erlang-jose",
        "erlang-p1-acme",
        "erlang-p1-cache-tab",
        "erlang-p1-eimp",
        "erlang-p1-mqtree",
        "erlang-p1-pgsql",
        "erlang-p1-stringprep",
        "erlang-p1-stun",
        "erlang-p1-tls",
        "erlang-p1-utils",
        "erlang-p1-xml",
        "erlang-p1-xmpp",
        "erlang-p1-yaml",
        "erlang-p1-yconf",
        "erlang-p1-zlib"
    };

    private final Settings settings;
    private final Release release;

    EjabberdNode(Settings settings, Release release) {
        this.settings = settings;
        this.release = release;
    }

    void addTo(Recipe.Builder recipe, Yaml.Mapping config) {
        if (release == Release.DEBIAN_13) {
            recipe.addBackports(BACKPORTS);
        }
        recipe.addPackages("ejabberd", "erlang-p1-pgsql", "procps")
                // Debian's package generates a key of its own during installation.
                .addRemoval("/etc/ejabberd/ejabberd.pem")
                .addDataset(DatasetSpec.stack("ejabberd", HOME))
                .addDataset(DatasetSpec.stack("ejabberd-upload", Modules.UPLOADS)
                        .recordSize(ByteSize.mebibytes(1))
                        .share(UPLOAD_SHARE))
                .addFile(FileEntry.directory(Modules.UPLOADS).mode(0750).owner("ejabberd", "ejabberd"))
                .addFile(forEjabberd(FileEntry.text(EjabberdConfig.FILE, YamlWriter.block(config))))
                .addFile(forEjabberd(FileEntry.template(EjabberdConfig.SECRETS, EjabberdConfig.secrets())))
                .addFile(FileEntry.text("/etc/default/ejabberd", environment()))
                .addFile(FileEntry.text("/etc/ejabberd/inetrc", names()))
                .addFile(FileEntry.text(RelayPeers.RULES_FILE, RelayPeers.rules()))
                .addFile(FileEntry.template(
                                COOKIE,
                                Template.builder()
                                        .secret(Secrets.COOKIE, Escape.NONE)
                                        .build())
                        .mode(0400)
                        .owner("ejabberd", "ejabberd"))
                .addUnit(Sandboxes.ejabberd(unit()))
                // With a fixed port no port mapper is needed, and Debian's listens on every address.
                .addUnit(Unit.masked("epmd.service"))
                .addUnit(Unit.masked("epmd.socket"))
                .addPort(Port.tcp(Settings.DISTRIBUTION_PORT, "Erlang distribution")
                        .loopback())
                .addStep(
                        FirstBootStep.script("accounts", accounts()).everyBoot().after(UNIT));
        Guesses.addTo(recipe);
        addAddress(recipe);
        addLogs(recipe);
        Listeners.all(release).forEach(listener -> recipe.addPort(listener.port()));
        Listeners.ofModules().forEach(recipe::addPort);
    }

    /** Checks the machine's address when the network changes and periodically, and tells the running server. */
    private static void addAddress(Recipe.Builder recipe) {
        recipe.addUnit(Sandboxes.address(Unit.named("xmpp-address.service")
                        .state(Unit.State.UNCHANGED)
                        .set("Unit", "Description", "Look for the address of the TURN server")
                        .set("Unit", "StartLimitIntervalSec", "0")
                        .set("Service", "Type", "oneshot")
                        .set("Service", "ExecStart", Scripts.path("address") + " tell")))
                .addUnit(Sandboxes.relay(Unit.named("xmpp-relay.service")
                        .state(Unit.State.UNCHANGED)
                        .set("Unit", "Description", "Tell the TURN server its address")
                        .set("Unit", "StartLimitIntervalSec", "0")
                        .set("Service", "Type", "oneshot")
                        .set("Service", "User", "ejabberd")
                        .set("Service", "Group", "ejabberd")
                        .set("Service", "ExecStart", Scripts.path("relay") + " " + Settings.DISTRIBUTION_PORT)))
                .addUnit(Unit.named("xmpp-address.path")
                        .set("Unit", "Description", "See changes of the network")
                        .set("Path", "PathChanged", "/run/systemd/netif/links")
                        .set("Path", "PathChanged", "/run/systemd/netif/state")
                        .set("Install", "WantedBy", "paths.target"))
                .addUnit(Unit.named("xmpp-address.timer")
                        .set("Unit", "Description", "Look whether the machine's address has changed")
                        .set("Timer", "OnBootSec", "1min")
                        .set("Timer", "OnUnitActiveSec", "5min")
                        .set("Install", "WantedBy", "timers.target"));
    }

    /**
     * Disables log files. The journal has everything; ejabberd's own files would be a second copy, and Debian rotates them as root in ejabberd's
     * directory.
     */
    private static void addLogs(Recipe.Builder recipe) {
        recipe.addRemoval("/etc/logrotate.d/ejabberd")
                .addFile(FileEntry.symlink(LOGS + "/ejabberd.log", "/dev/null"))
                .addFile(FileEntry.symlink(LOGS + "/error.log", "/dev/null"));
    }

    /**
     * Returns the script for the accounts. The probe's account keeps its password. The administrator's password is set until the machine has been
     * ready once; afterwards it belongs to the administrator. Both are set in one call, because each takes a while.
     */
    private String accounts() {
        String keep = ShellWords.join(
                "setpriv",
                "--reuid=ejabberd",
                "--regid=ejabberd",
                "--init-groups",
                Scripts.path("accounts"),
                "keep",
                Settings.PROBE,
                settings.domain(),
                Settings.DISTRIBUTION_PORT);
        return String.join(
                "\n",
                "#!/bin/sh",
                "exec 3<" + ShellWords.join(Secrets.PROBE.file(XmppRecipe.NAME)) + " || exit 1",
                "if [ -e " + MachinePaths.READY + " ]; then exec " + keep + "; fi",
                "exec " + keep + " " + ShellWords.join(settings.admin()) + " 4<"
                        + ShellWords.join(Secrets.ADMIN.file(XmppRecipe.NAME)),
                "");
    }

    /**
     * Returns Debian's unit without the port mapper that it would start. The names are stable, not {@code localhost}, so that a second node could
     * join some day.
     */
    private static Unit unit() {
        return Unit.named(UNIT)
                .set("Unit", "Description", "XMPP server")
                .set("Unit", "Documentation", "https://docs.ejabberd.im/")
                .set("Unit", "After", "network.target")
                .set("Unit", "Wants", Guesses.COMPILER)
                .set("Unit", "After", Guesses.COMPILER)
                .set("Service", "Type", "notify")
                .set("Service", "NotifyAccess", "all")
                .set("Service", "User", "ejabberd")
                .set("Service", "Group", "ejabberd")
                .set("Service", "LimitNOFILE", "65536")
                .set("Service", "RuntimeDirectory", "ejabberd")
                .set("Service", "RuntimeDirectoryPreserve", "yes")
                .set("Service", "ExecStartPre", "+" + Scripts.path("address"))
                .set("Service", "ExecStartPre", "+/usr/sbin/nft -f " + RelayPeers.RULES_FILE)
                .set("Service", "ExecStartPre", "/bin/rm -rf " + COOKIE_LINK)
                .set("Service", "ExecStartPre", "/bin/ln -s " + COOKIE + " " + COOKIE_LINK)
                .set("Service", "ExecStart", "/usr/sbin/ejabberdctl foreground")
                .set("Service", "ExecStop", "/bin/sh -c '/usr/sbin/ejabberdctl stop && /usr/sbin/ejabberdctl stopped'")
                .set("Service", "ExecReload", "/usr/sbin/ejabberdctl reload_config")
                .set("Service", "Restart", "on-failure")
                .set("Service", "RestartSec", "5")
                .set("Service", "TimeoutSec", "300")
                .set("Install", "WantedBy", "multi-user.target");
    }

    private String environment() {
        return String.join(
                "\n",
                "# Read by ejabberdctl.",
                "ERLANG_NODE=ejabberd@" + settings.node(),
                "ERL_DIST_PORT=" + Settings.DISTRIBUTION_PORT,
                // With INET_DIST_INTERFACE ejabberdctl would start another Erlang each time, to parse the address.
                "ERL_OPTIONS=\"-kernel inet_dist_use_interface {" + Settings.LOOPBACK.replace('.', ',')
                        + "} -env ERL_CRASH_DUMP_BYTES 0 -pz " + Guesses.COMPILED + NO_SPINNING + "\"",
                "EJABBERD_LOG_PATH=" + LOGS + "/ejabberd.log",
                "EJABBERD_PID_PATH=/run/ejabberd/ejabberd.pid",
                "EJABBERD_CONFIG_PATH=" + EjabberdConfig.FILE,
                "CONTRIB_MODULES_CONF_DIR=/etc/ejabberd/modules.d",
                "");
    }

    /** Returns Erlang's own table of hosts: the node's name resolves without DNS and /etc/hosts. */
    private String names() {
        return String.join(
                "\n",
                "{lookup,[\"file\",\"native\"]}.",
                "{host,{127,0,0,1},[\"localhost\",\"" + settings.node() + "\"]}.",
                "{file,resolv,\"/etc/resolv.conf\"}.",
                "");
    }

    private static FileEntry forEjabberd(FileEntry file) {
        return file.mode(0640).owner("root", "ejabberd");
    }
}
