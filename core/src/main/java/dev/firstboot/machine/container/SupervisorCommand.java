package dev.firstboot.machine.container;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.internal.tool.UserNamespace;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command that starts a container and runs as long as it does.
 *
 * @param id the container's name on this host
 * @param realm where it runs
 * @param ids the ids of the container's users there
 */
record SupervisorCommand(
        RootfsBoot spec, String id, Realm realm, IdBlock ids, Rootfs rootfs, PrivateNetwork.Seat seat) {
    static final Tool NSPAWN = Tool.of("systemd-nspawn", "systemd-container");
    private static final Tool NSENTER = Tool.of("nsenter", "util-linux");
    private static final Tool PERL = Tool.of("perl", "perl-base");
    private static final Tool SH = Tool.of("sh", "dash");

    /** Returns the cgroup directories for a container with this id. */
    static List<Path> controlGroups(Realm realm, String id) {
        return realm.isHost() ? ControlGroups.of(id) : ControlGroups.ofUser(id);
    }

    /**
     * Returns the command.
     *
     * @param directory the machine's directory
     * @param network the settings for systemd-networkd inside
     * @param hosts its {@code /etc/hosts}; null for the image's own
     * @param credentials the files, in the order of the description's credentials
     */
    ToolRun run(Path directory, Path network, @Nullable Path hosts, List<Path> credentials) {
        String groups = controlGroups(realm, id).stream().map(Path::toString).collect(Collectors.joining(" "));
        ToolRun run = PERL.run("-e", Resources.text(SupervisorCommand.class, "console.pl"))
                .addAll(rootfs.shown())
                .add(
                        HostTools.require(spec.name(), SH).toString(),
                        "-c",
                        Resources.text(SupervisorCommand.class, "container.sh"),
                        "firstboot-container")
                .add(directory.toString(), groups, seat.address() + "/24", PrivateNetwork.Seat.INTERFACE)
                .addAll(realm.isHost() ? byRoot(network, hosts, credentials) : byUser(network, hosts, credentials));
        NspawnCommand.ENVIRONMENT.forEach(run::env);
        return realm.in(run);
    }

    private List<String> byRoot(Path network, @Nullable Path hosts, List<Path> credentials) {
        List<String> words = new ArrayList<>(List.of("", ""));
        // In the bridge's network namespace, where systemd-nspawn finds the bridge.
        words.addAll(HostTools.words(spec.name(), NSENTER.run("--net=/run/netns/" + seat.namespace())));
        words.add(HostTools.require(spec.name(), NSPAWN).toString());
        words.addAll(NspawnCommand.arguments(spec, id, ids, rootfs.tree(), network, hosts, credentials));
        return words;
    }

    private List<String> byUser(Path network, @Nullable Path hosts, List<Path> credentials) {
        String root = Long.toString(ids.base());
        List<String> words = new ArrayList<>(List.of(root, "port" + seat.host()));
        String script = UserNamespace.perl(Resources.text(SupervisorCommand.class, "users-machine.pl"));
        words.addAll(HostTools.words(spec.name(), PERL.run("-e", script, root)));
        words.add(HostTools.require(spec.name(), NSPAWN).toString());
        words.addAll(NspawnCommand.usersArguments(spec, id, rootfs.tree(), network, hosts, credentials, limits()));
        return words;
    }

    private List<String> limits() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits"));
        } catch (IOException e) {
            throw new MachineException(spec.name(), "cannot tell its limits: " + e.getMessage(), e);
        }
    }
}
