package dev.firstboot.machine.container;

import dev.firstboot.internal.check.Limits;
import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.Command;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.RunningCommand;
import dev.firstboot.machine.life.Ansi;
import dev.firstboot.machine.life.BaseMachine;
import dev.firstboot.machine.life.FullDisk;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import dev.firstboot.machine.life.Janitor;
import dev.firstboot.machine.life.PrivateFiles;
import dev.firstboot.machine.life.WorkDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A root file system running in a systemd-nspawn container. */
final class ContainerMachine extends BaseMachine {
    private static final Tool NSENTER = Tool.of("nsenter", "util-linux");
    private static final Tool SH = Tool.of("sh", "dash");
    /** SIGRTMIN+3, which tells systemd to halt and may be sent repeatedly: signal(7), systemd(1). */
    private static final String HALT = "37";

    private static final Duration POWER_ON = Duration.ofSeconds(60);

    private final RootfsBoot spec;
    private final String id;
    private final Realm realm;
    private final IdBlock ids;
    private final Rootfs rootfs;
    private final PrivateNetwork.Seat seat;
    /** Forwarders by port of the machine; none if the host reaches the machine directly. */
    private final Map<Integer, Forwarder> doors = new ConcurrentHashMap<>();

    private volatile @Nullable InitProcess init;

    private ContainerMachine(
            RootfsBoot spec,
            String id,
            Realm realm,
            IdBlock ids,
            Rootfs rootfs,
            Path directory,
            Janitor janitor,
            PrivateNetwork.Seat seat) {
        super(spec.name(), directory, janitor);
        this.spec = spec;
        this.id = id;
        this.realm = realm;
        this.ids = ids;
        this.seat = seat;
        this.rootfs = rootfs;
    }

    static Machine boot(RootfsBoot spec) {
        Realm outside = Realm.require("a container");
        HostTools.require(spec.name(), SupervisorCommand.NSPAWN);
        String id = WorkDirectory.id(spec.name());
        Path directory = WorkDirectory.choose(spec.name(), id, spec.directory().orElse(null));
        TakenIds ids = TakenIds.of(spec.name(), outside);
        Path shared = Rootfs.shared(spec, outside, ids.block());
        Janitor.Duties duties =
                new Janitor.Duties(spec.name()).directory(directory).container(id);
        if (ids.claim() != null) {
            duties.ids(ids.claim());
        }
        SupervisorCommand.controlGroups(outside, id).forEach(duties::addControlGroup);
        if (shared != null) {
            duties.hold(shared);
        }
        PrivateNetwork.Place place = PrivateNetwork.place(spec.network().orElse(null), outside, id, duties);
        Janitor janitor = place.janitor();
        try {
            PrivateNetwork.Seat seat = place.seat(id);
            Rootfs rootfs = Rootfs.prepare(spec, shared, directory, place.realm(), ids.block());
            ContainerMachine machine =
                    new ContainerMachine(spec, id, place.realm(), ids.block(), rootfs, directory, janitor, seat);
            machine.start();
            return machine;
        } catch (RuntimeException e) {
            leave(spec, directory);
            janitor.close();
            throw e;
        }
    }

    @Override
    protected ToolProcess powerOn() {
        init = null;
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
        SupervisorCommand command = new SupervisorCommand(spec, id, realm, ids, rootfs, seat);
        return HostTools.start(
                name(),
                command.run(directory(), network, hosts(), files)
                        .grace(Duration.ofSeconds(15))
                        .log(console()));
    }

    /** Returns the machine's {@code /etc/hosts} with all names of its network; null on a network of its own. */
    private @Nullable Path hosts() {
        PrivateNetwork network = spec.network().orElse(null);
        if (network == null) {
            return null;
        }
        Path hosts = hostsFile(directory());
        try {
            if (!Files.exists(hosts)) {
                Files.write(hosts, rootfs.hosts());
                handOver(hosts);
            }
            network.names().join(hosts, name(), seat.address());
            return hosts;
        } catch (IOException e) {
            throw new MachineException(name(), "cannot write " + hosts + ": " + e.getMessage(), e);
        }
    }

    /** Makes the machine's root the owner while this process can still write to it; an ordinary user writes through the group. */
    private void handOver(Path hosts) throws IOException {
        if (realm.isHost()) {
            Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setAttribute(hosts, "unix:uid", (int) ids.base());
            Files.setAttribute(hosts, "unix:gid", (int) ids.base());
        } else {
            Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-rw-r--"));
            HostTools.execute(
                    name(),
                    "preparing its files",
                    realm.in(SH.run("-c", "chown \"$0:0\" \"$1\"", Long.toString(ids.base()), hosts.toString())));
        }
    }

    private static Path hostsFile(Path directory) {
        return directory.resolve("hosts");
    }

    private static void leave(RootfsBoot spec, Path directory) {
        PrivateNetwork network = spec.network().orElse(null);
        if (network != null) {
            network.names().leave(hostsFile(directory));
        }
    }

    @Override
    protected void release() {
        leave(spec, directory());
        doors.values().forEach(Forwarder::close);
    }

    @Override
    protected void outlive() {
        doors.values().forEach(Forwarder::release);
    }

    @Override
    protected void awaitPowered(ToolProcess running) {
        long end = System.nanoTime() + POWER_ON.toNanos();
        try {
            while (init(running) == null) {
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
            throw Interruption.of(name(), "powering it on");
        }
    }

    private String hint() {
        return FileTail.lines(console(), 5).stream().anyMatch(line -> line.contains("ID mapped mounts"))
                ? System.lineSeparator() + "The file system that " + rootfs.tree()
                        + " is on cannot show its files with other owners: boot an archive of it"
                : "";
    }

    /** Returns the container's first process; a different one after a reboot from inside. */
    private @Nullable InitProcess init(ToolProcess running) {
        InitProcess known = init;
        if (known == null || !known.isAlive()) {
            known = InitProcess.below(running, realm).orElse(null);
            init = known;
        }
        return known;
    }

    @Override
    protected void askToStop(ToolProcess running) {
        // The signal that systemd-nspawn sends on TERM. A second TERM makes systemd-nspawn end everything at once, so
        // the signal is sent directly.
        InitProcess current = init(running);
        if (current != null) {
            HostTools.execute(
                    name(),
                    "shutting it down",
                    realm.in(SH.run("-c", "kill -\"$0\" \"$1\"", HALT, Long.toString(current.pid()))
                            .anyStatus()));
        }
    }

    @Override
    protected void pullPlug(ToolProcess running) {
        if (!realm.isHost()) {
            // This process may not kill the container's first process; killing the supervisor ends it and all below it.
            running.kill();
            return;
        }
        InitProcess current = init(running);
        if (current != null) {
            current.kill();
        }
        try {
            // Without its first process nothing in the container runs; systemd-nspawn itself still cleans up.
            if (current == null || !running.await(Duration.ofSeconds(10))) {
                running.kill();
            }
        } catch (InterruptedException e) {
            running.kill();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected RunningCommand begin(Command command, @Nullable Duration patience) {
        InitProcess current = init(requireRunning("running " + command.program()));
        if (current == null) {
            throw betweenBoots();
        }
        List<String> bounded;
        try {
            bounded = Capabilities.boundedAs(current.pid());
        } catch (IOException e) {
            throw betweenBoots();
        }
        // An ordinary user's root may enter the machine's own namespaces; the time namespace is the host's.
        List<String> namespaces = realm.isHost()
                ? List.of("--all")
                : List.of("--user", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup");
        ToolRun entering = realm.in(NSENTER.run("--target", Long.toString(current.pid())))
                .addAll(namespaces)
                .add("--")
                .add("env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .add("HOME=/root", "LC_ALL=C.UTF-8", "container=systemd-nspawn")
                .addAll(bounded);
        return new ContainerCommand(name(), command, entering);
    }

    private MachineException betweenBoots() {
        return new MachineException(name(), "is between two boots; try again");
    }

    /** Returns a short time, because the check is cheap. */
    @Override
    protected Duration silence() {
        return Duration.ofSeconds(1);
    }

    @Override
    protected List<String> lastWords(ToolProcess ended) {
        return FileTail.lines(console(), 10).stream().map(Ansi::strip).toList();
    }

    @Override
    public InetSocketAddress endpoint(int port) {
        Limits.port(port);
        if (realm.isHost()) {
            return new InetSocketAddress(seat.address(), port);
        }
        requireOpen();
        return doors.compute(
                        port,
                        (number, known) -> known != null && known.isOpen()
                                ? known
                                : Forwarder.open(name(), realm, seat.address(), port, directory()))
                .endpoint();
    }

    @Override
    protected void checkDetachable() {
        if (spec.network().isPresent()) {
            throw new MachineException(name(), "cannot outlive this JVM: its network is shared and ends with it");
        }
    }

    @Override
    public String toString() {
        return "machine " + name() + " (container, " + (isRunning() ? "running" : "off") + ", " + spec.rootfs()
                + ", address " + seat.address() + ")";
    }
}
