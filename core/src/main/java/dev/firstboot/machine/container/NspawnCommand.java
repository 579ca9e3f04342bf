package dev.firstboot.machine.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the systemd-nspawn command line for one container. Pure: runs nothing, looks nothing up. */
final class NspawnCommand {
    /** Version 2 cgroups inside, whatever the host has: systemd 256 and later support nothing else. */
    static final Map<String, String> ENVIRONMENT = Map.of("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1");

    /** The capabilities that root in a container does not need, out of what systemd-nspawn leaves it. */
    private static final List<String> DROPPED =
            List.of("CAP_AUDIT_CONTROL", "CAP_LEASE", "CAP_LINUX_IMMUTABLE", "CAP_MKNOD", "CAP_SYS_TTY_CONFIG");

    /** The limits that systemd-nspawn 252 reads from the host's first process, by their kernel names. */
    private static final Map<String, String> LIMITS =
            new TreeMap<>(Map.of("NPROC", "Max processes", "SIGPENDING", "Max pending signals"));

    private NspawnCommand() {}

    /**
     * Returns the arguments.
     *
     * @param id unique on this host
     * @param ids the host ids of the container's users
     * @param network a file for systemd-networkd inside, which tells it to keep the address the interface already has
     * @param hosts its {@code /etc/hosts}; null for the image's own
     * @param credentials the files, in the order of the description's credentials
     */
    static List<String> arguments(
            RootfsBoot spec,
            String id,
            IdBlock ids,
            Path rootfs,
            Path network,
            @Nullable Path hosts,
            List<Path> credentials) {
        List<String> arguments = common(spec, id, rootfs, network);
        arguments.addAll(List.of(
                "--private-users=" + ids.base() + ":" + IdBlock.COUNT,
                // A directory's files stay as they are and are mapped to these ids; those of an archive have them.
                "--private-users-ownership=" + (rootfs.equals(spec.rootfs()) ? "map" : "off"),
                "--network-bridge=" + PrivateNetwork.BRIDGE));
        return withFiles(arguments, spec, hosts, credentials);
    }

    /**
     * Returns the arguments for an ordinary user, whose root of the machine runs the command. It is already in the machine's user namespace;
     * {@code users-layer.pl} has mounted its files; and it cannot read the host's first process, from which systemd-nspawn would take some limits.
     *
     * @param limits lines of {@code /proc/self/limits}
     */
    static List<String> usersArguments(
            RootfsBoot spec,
            String id,
            Path rootfs,
            Path network,
            @Nullable Path hosts,
            List<Path> credentials,
            List<String> limits) {
        List<String> arguments = common(spec, id, rootfs, shown(network));
        arguments.add("--private-users=no");
        LIMITS.forEach((name, line) -> limits.stream()
                .filter(text -> text.startsWith(line))
                .map(text -> text.substring(line.length()).strip().split(" +", -1))
                .forEach(values -> arguments.add(
                        ("--rlimit=" + name + "=" + values[0] + ":" + values[1]).replace("unlimited", "infinity"))));
        return withFiles(
                arguments,
                spec,
                hosts == null ? null : shown(hosts),
                credentials.stream().map(NspawnCommand::shown).toList());
    }

    private static Path shown(Path file) {
        return Path.of("/run/firstboot").resolve(file.getFileName());
    }

    private static List<String> common(RootfsBoot spec, String id, Path rootfs, Path network) {
        return new ArrayList<>(List.of(
                "--quiet",
                "--boot",
                "--register=no",
                "--keep-unit",
                "--machine=" + id,
                "--hostname=" + spec.name(),
                "--directory=" + rootfs,
                "--drop-capability=" + String.join(",", DROPPED),
                // The network belongs to the container's own users: only its root can configure it, as with the
                // machine's own firewall.
                "--private-network",
                // Otherwise systemd-nspawn 252 creates it for the bound file, owned by the host's root.
                "--tmpfs=/run/systemd:mode=755,nosuid",
                "--bind-ro=" + network + ":/run/systemd/network/00-firstboot.network",
                "--resolv-conf=off",
                "--timezone=off",
                "--link-journal=no",
                "--console=read-only"));
    }

    private static List<String> withFiles(
            List<String> arguments, RootfsBoot spec, @Nullable Path hosts, List<Path> credentials) {
        if (hosts != null) {
            arguments.add("--bind=" + hosts + ":/etc/hosts");
        }
        for (int i = 0; i < credentials.size(); i++) {
            arguments.add("--load-credential=" + spec.credentials().get(i).name() + ":" + credentials.get(i));
        }
        return arguments;
    }

    /** Returns the networkd file with the machine's interface settings. */
    static String networkFile(PrivateNetwork.Seat seat) {
        return """
                [Match]
                Name=%s

                [Network]
                Address=%s/24
                LinkLocalAddressing=no
                KeepConfiguration=static
                """.formatted(PrivateNetwork.Seat.INTERFACE, seat.address());
    }
}
