package dev.firstboot.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** systemd-nspawn's command line for one container. Pure: nothing runs, nothing is looked up. */
final class NspawnCommand {
    /** Version 2 control groups inside, whatever the host has: systemd 256 and later want nothing else. */
    static final Map<String, String> ENVIRONMENT = Map.of("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1");

    private NspawnCommand() {}

    /**
     * The arguments.
     *
     * @param id unique on this host
     * @param network a file for systemd-networkd inside, which tells it to keep the address the interface already has
     * @param credentials the files, in the order of the description's credentials
     */
    static List<String> arguments(
            RootfsBoot spec, String id, Path rootfs, String namespace, Path network, List<Path> credentials) {
        List<String> arguments = new ArrayList<>(List.of(
                "--quiet",
                "--boot",
                "--register=no",
                "--keep-unit",
                "--machine=" + id,
                "--hostname=" + spec.name(),
                "--directory=" + rootfs,
                "--network-namespace-path=/run/netns/" + namespace,
                // The machine's own firewall, and what else root of a machine does with its network.
                "--capability=CAP_NET_ADMIN",
                "--bind-ro=" + network + ":/run/systemd/network/00-firstboot.network",
                "--resolv-conf=off",
                "--timezone=off",
                "--link-journal=no",
                "--console=read-only"));
        for (int i = 0; i < credentials.size(); i++) {
            arguments.add("--load-credential=" + spec.credentials().get(i).name() + ":" + credentials.get(i));
        }
        return arguments;
    }

    /** What the machine is told of its interface. */
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
