package dev.firstboot.machine.container;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.ThisProcess;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.internal.tool.UserNamespace;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Janitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where tools that need root run: on the host, for its root; or in a user namespace where an ordinary user is root, with the user's subordinate ids.
 * An immutable value.
 *
 * @param entering the words that a command there starts with
 * @param ids the user's ids; null for root of the host
 */
record Realm(List<String> entering, @Nullable SubordinateIds ids) {
    /** For root. */
    static final Realm HOST = new Realm(List.of(), null);

    private static final String USERS =
            "A user other than root needs user namespaces with subordinate ids here; a container engine may keep"
                    + " them from it (run as root there)";

    private static final Tool PERL = Tool.of("perl", "perl");
    private static final Tool NSENTER = Tool.of("nsenter", "util-linux");

    Realm {
        entering = List.copyOf(entering);
    }

    /**
     * Returns where this process's user may run containers. Each command of an ordinary user gets a namespace of its own, with the same ids.
     *
     * @throws MachineException saying why there is none, and what to do
     */
    static Realm require(String what) {
        if (ThisProcess.isRoot()) {
            RootPrivileges.require(what);
            return HOST;
        }
        SubordinateIds ids = Unprivileged.require(what);
        return new Realm(words(what, ids, ""), ids);
    }

    /** Returns the same for an ordinary user, plus a network: a bridge with this address. Root creates it in another way. */
    Realm withNetwork(String machine, String address) {
        return ids == null ? this : new Realm(words(machine, ids, address), ids);
    }

    /** Returns the realm of the namespaces that this process keeps open. */
    Realm keptBy(String machine, long pid) {
        return ids == null
                ? this
                : new Realm(
                        HostTools.words(machine, NSENTER.run("--target", Long.toString(pid), "--user", "--net", "--")),
                        ids);
    }

    private static List<String> words(String machine, SubordinateIds ids, String address) {
        return HostTools.words(
                machine,
                PERL.run("-e", UserNamespace.perl(Resources.text(Realm.class, "users.pl")))
                        .add(ids.users().map(), ids.groups().map(), address));
    }

    boolean isHost() {
        return ids == null;
    }

    /** Makes the janitor with these duties work there. */
    Janitor.Duties with(Janitor.Duties duties) {
        return isHost() ? duties : duties.in(run -> in(run).hint(USERS));
    }

    /** Returns the same run, there. */
    ToolRun in(ToolRun run) {
        return run.within(entering);
    }
}
