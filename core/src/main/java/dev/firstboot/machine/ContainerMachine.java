package dev.firstboot.machine;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A root file system that runs in a systemd-nspawn container. */
final class ContainerMachine extends BaseMachine {
    private static final Tool NSPAWN = Tool.of("systemd-nspawn", "systemd-container");
    private static final Tool NSENTER = Tool.of("nsenter", "util-linux");
    private static final Tool PERL = Tool.of("perl", "perl-base");
    private static final Tool SH = Tool.of("sh", "dash");
    /** SIGRTMIN+3, which tells systemd to halt, as often as one likes: signal(7), systemd(1). */
    private static final String HALT = "37";

    private static final Duration POWER_ON = Duration.ofSeconds(60);

    private final RootfsBoot spec;
    private final String id;
    private final IdBlock ids;
    private final Rootfs rootfs;
    private final PrivateNetwork.Seat seat;
    private volatile @Nullable Leader leader;

    private ContainerMachine(
            RootfsBoot spec,
            String id,
            IdBlock ids,
            Rootfs rootfs,
            Path directory,
            Janitor janitor,
            PrivateNetwork.Seat seat) {
        super(spec.name(), directory, janitor);
        this.spec = spec;
        this.id = id;
        this.ids = ids;
        this.seat = seat;
        this.rootfs = rootfs;
    }

    static Machine boot(RootfsBoot spec) {
        Root.require("a container");
        HostTools.require(spec.name(), NSPAWN);
        String id = WorkDirectory.id(spec.name());
        Path directory = WorkDirectory.choose(spec.name(), id, spec.directory());
        Path shared = Rootfs.shared(spec);
        PrivateNetwork network = spec.network();
        PrivateNetwork.Seat seat = network == null ? null : network.seat();
        IdBlock ids = IdBlock.take(spec.name());
        Janitor.Duties duties = new Janitor.Duties(spec.name())
                .directory(directory)
                .container(id)
                .ids(ids);
        ControlGroups.of(id).forEach(duties::addControlGroup);
        if (seat == null) {
            PrivateNetwork.duties(duties, id);
        }
        if (shared != null) {
            duties.hold(shared);
        }
        Janitor janitor = duties.begin();
        try {
            PrivateNetwork.Seat place =
                    seat == null ? PrivateNetwork.of(id, janitor).seat() : seat;
            Rootfs rootfs = Rootfs.prepare(spec, shared, directory, ids);
            ContainerMachine machine = new ContainerMachine(spec, id, ids, rootfs, directory, janitor, place);
            machine.start();
            return machine;
        } catch (RuntimeException e) {
            leave(spec, directory);
            janitor.close();
            throw e;
        }
    }

    @Override
    ToolProcess powerOn() {
        leader = null;
        List<Path> files = new ArrayList<>();
        for (Credential credential : spec.credentials()) {
            Path file = directory().resolve("credential-" + files.size());
            files.add(file);
            PrivateFiles.write(name(), file, credential.value());
        }
        Path network = directory().resolve("host0.network");
        try {
            Files.writeString(network, NspawnCommand.networkFile(seat));
            Files.setPosixFilePermissions(network, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new MachineException(
                    name(), "cannot write " + network + ": " + FullDisk.orSaid(e, directory(), "directory()"), e);
        }
        String groups = ControlGroups.of(id).stream().map(Path::toString).collect(Collectors.joining(" "));
        ToolRun run = PERL.run("-e", Resources.text(ContainerMachine.class, "console.pl"))
                .addAll(rootfs.shown())
                .add(
                        HostTools.require(name(), SH).toString(),
                        "-c",
                        Resources.text(ContainerMachine.class, "container.sh"),
                        "firstboot-container")
                .add(directory().toString(), groups, seat.address() + "/24", PrivateNetwork.Seat.INTERFACE)
                // In the bridge's namespace, where systemd-nspawn finds the bridge.
                .add(HostTools.require(name(), NSENTER).toString(), "--net=/run/netns/" + seat.namespace())
                .add(HostTools.require(name(), NSPAWN).toString())
                .addAll(NspawnCommand.arguments(spec, id, ids, rootfs.tree(), network, hosts(), files))
                .grace(Duration.ofSeconds(15))
                .log(console());
        NspawnCommand.ENVIRONMENT.forEach(run::env);
        return HostTools.start(name(), run);
    }

    /** The machine's {@code /etc/hosts} with all names of its network; null on a network of its own. */
    private @Nullable Path hosts() {
        PrivateNetwork network = spec.network();
        if (network == null) {
            return null;
        }
        Path hosts = hostsFile(directory());
        try {
            if (!Files.exists(hosts)) {
                Files.write(hosts, rootfs.hosts());
                Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-r--r--"));
                Files.setAttribute(hosts, "unix:uid", (int) ids.base());
                Files.setAttribute(hosts, "unix:gid", (int) ids.base());
            }
            network.names().join(hosts, name(), seat.address());
            return hosts;
        } catch (IOException e) {
            throw new MachineException(name(), "cannot write " + hosts + ": " + e.getMessage(), e);
        }
    }

    private static Path hostsFile(Path directory) {
        return directory.resolve("hosts");
    }

    private static void leave(RootfsBoot spec, Path directory) {
        PrivateNetwork network = spec.network();
        if (network != null) {
            network.names().leave(hostsFile(directory));
        }
    }

    @Override
    void release() {
        leave(spec, directory());
    }

    @Override
    void awaitPowered(ToolProcess running) {
        long end = System.nanoTime() + POWER_ON.toNanos();
        try {
            while (leader(running) == null) {
                if (!running.isAlive()) {
                    throw new MachineException(
                            name(), "the container did not start:" + indented(lastWords(running)) + hint() + noRoom());
                }
                if (System.nanoTime() > end) {
                    throw new MachineException(
                            name(), "the container's first process did not appear:" + indented(lastWords(running)));
                }
                running.await(Duration.ofMillis(20));
            }
        } catch (InterruptedException e) {
            throw MachineException.interrupted(name(), "powering it on");
        }
    }

    private String hint() {
        return FileTail.lines(console(), 5).stream().anyMatch(line -> line.contains("ID mapped mounts"))
                ? System.lineSeparator() + "The file system that " + rootfs.tree()
                        + " is on cannot show its files with other owners: boot an archive of it"
                : "";
    }

    /** The container's first process; another one after a reboot from within. */
    private @Nullable Leader leader(ToolProcess running) {
        Leader known = leader;
        if (known == null || !known.isAlive()) {
            known = Leader.below(running).orElse(null);
            leader = known;
        }
        return known;
    }

    @Override
    void askToStop(ToolProcess running) {
        // What systemd-nspawn sends on TERM. It takes a second TERM for an order to end all at once, so it is left out
        // of this.
        Leader current = leader(running);
        if (current != null) {
            HostTools.execute(
                    name(),
                    "shutting it down",
                    SH.run("-c", "kill -\"$0\" \"$1\"", HALT, Long.toString(current.pid()))
                            .anyStatus());
        }
    }

    @Override
    void pullPlug(ToolProcess running) {
        Leader current = leader(running);
        if (current != null) {
            current.kill();
        }
        try {
            // Without its first process nothing in the container runs; systemd-nspawn itself still tidies up.
            if (current == null || !running.await(Duration.ofSeconds(10))) {
                running.kill();
            }
        } catch (InterruptedException e) {
            running.kill();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    RunningCommand begin(Command command, @Nullable Duration patience) {
        Leader current = leader(requireRunning("running " + command.program()));
        if (current == null) {
            throw betweenBoots();
        }
        List<String> bounded;
        try {
            bounded = Capabilities.boundedAs(current.pid());
        } catch (IOException e) {
            throw betweenBoots();
        }
        ToolRun entering = NSENTER.run("--target", Long.toString(current.pid()), "--all", "--")
                .add("env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .add("HOME=/root", "LC_ALL=C.UTF-8", "container=systemd-nspawn")
                .addAll(bounded);
        return new ContainerCommand(name(), command, entering);
    }

    private MachineException betweenBoots() {
        return new MachineException(name(), "is between two boots; try again");
    }

    /** A look is cheap. */
    @Override
    Duration silence() {
        return Duration.ofSeconds(1);
    }

    @Override
    List<String> lastWords(ToolProcess ended) {
        return FileTail.lines(console(), 10).stream().map(Ansi::strip).toList();
    }

    @Override
    public InetSocketAddress endpoint(int port) {
        Settings.port(port);
        return new InetSocketAddress(seat.address(), port);
    }

    @Override
    void checkDetachable() {
        if (spec.network() != null) {
            throw new MachineException(name(), "cannot outlive this JVM: its network is shared and ends with it");
        }
    }

    @Override
    public String toString() {
        return "machine " + name() + " (container, " + (isRunning() ? "running" : "off") + ", " + spec.rootfs()
                + ", address " + seat.address() + ")";
    }
}
