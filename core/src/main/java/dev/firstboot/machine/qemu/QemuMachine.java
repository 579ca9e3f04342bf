package dev.firstboot.machine.qemu;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.Command;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.RunningCommand;
import dev.firstboot.machine.life.BaseMachine;
import dev.firstboot.machine.life.FullDisk;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import dev.firstboot.machine.life.Janitor;
import dev.firstboot.machine.life.PrivateFiles;
import dev.firstboot.machine.life.WorkDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A disk running in QEMU. */
final class QemuMachine extends BaseMachine {
    private static final Logger LOG = LoggerFactory.getLogger(QemuMachine.class);
    private static final InetAddress LOOPBACK = loopback();
    private static final Duration POWER_ON = Duration.ofSeconds(60);

    private final DiskBoot spec;
    private final Accelerator accelerator;
    private final Firmware firmware;
    private final List<Backing> backings;
    private final List<DiskFile> disks;
    private final Qmp qmp;
    private final GuestAgent agent;
    private final Map<Integer, Integer> ports;
    private List<Path> secrets = List.of();

    private QemuMachine(DiskBoot spec, Path directory, Janitor janitor, Accelerator accelerator) throws IOException {
        super(spec.name(), directory, janitor);
        this.spec = spec;
        this.accelerator = accelerator;
        Firmware shared = Firmware.ofThisHost(spec.name());
        this.firmware = new Firmware(shared.code(), directory.resolve("uefi-variables"));
        Files.copy(shared.variables(), firmware.variables());
        this.backings = spec.persistent()
                ? List.of()
                : Stream.concat(Stream.of(spec.disk()), spec.furtherDisks().stream())
                        .map(disk -> Backing.of(spec.name(), disk))
                        .toList();
        this.disks = disks(spec, directory);
        this.qmp = new Qmp(directory.resolve("qmp"));
        this.agent = new GuestAgent(directory.resolve("agent"), this::attend);
        this.ports = spec.ports();
    }

    static Machine boot(DiskBoot spec) {
        checkSize(spec);
        HostTools.require(spec.name(), AcceleratorProbe.QEMU);
        Path directory = WorkDirectory.choose(
                spec.name(), WorkDirectory.id(spec.name()), spec.directory().orElse(null));
        Accelerator accelerator = Accelerator.ofThisHost();
        Janitor janitor = new Janitor.Duties(spec.name()).directory(directory).begin();
        try {
            QemuMachine machine = new QemuMachine(spec, directory, janitor, accelerator);
            machine.start();
            return machine;
        } catch (IOException e) {
            janitor.close();
            throw new MachineException(
                    spec.name(),
                    "cannot prepare " + directory + ": " + FullDisk.orSaid(e, directory, "directory()"),
                    e);
        } catch (RuntimeException e) {
            janitor.close();
            throw e;
        }
    }

    /** Refuses a smaller disk: what is beyond its end would be lost to the machine, including the backup GPT. */
    private static void checkSize(DiskBoot spec) {
        ByteSize wanted = spec.diskSize().orElse(null);
        if (wanted == null) {
            return;
        }
        ByteSize own = DiskFile.size(spec.name(), spec.disk());
        if (wanted.compareTo(own) < 0) {
            throw new MachineException(
                    spec.name(),
                    "diskSize " + wanted + " (" + wanted.bytes() + " bytes) is less than the " + own + " ("
                            + own.bytes() + " bytes) of its image, " + spec.disk()
                            + ": name at least that, or bake a smaller disk");
        }
    }

    private static List<DiskFile> disks(DiskBoot spec, Path directory) {
        List<DiskFile> disks = new ArrayList<>();
        disks.add(disk(
                spec, spec.disk(), directory, "overlay.qcow2", spec.diskSize().orElse(null)));
        for (Path further : spec.furtherDisks()) {
            disks.add(disk(spec, further, directory, "overlay-" + disks.size() + ".qcow2", null));
        }
        return List.copyOf(disks);
    }

    private static DiskFile disk(DiskBoot spec, Path image, Path directory, String name, @Nullable ByteSize size) {
        DiskFile disk = DiskFile.of(spec.name(), image, directory);
        if (spec.persistent()) {
            return disk;
        }
        Path overlay = directory.resolve(name);
        ToolRun run = DiskFile.QEMU_IMG
                .run("create", "-q", "-f", "qcow2", "-F", disk.format())
                .add("-b", image.toString(), overlay.toString());
        if (size != null) {
            run.add(Long.toString(size.bytes()));
        }
        HostTools.execute(spec.name(), "preparing its disk", run);
        return new DiskFile(overlay, "qcow2", disk.sectorSize());
    }

    @Override
    protected ToolProcess powerOn() {
        agent.close();
        backings.forEach(backing -> backing.requireSame(name()));
        secrets = Smbios.write(name(), directory(), spec.credentials());
        List<String> arguments =
                new QemuCommand(spec, accelerator.kind(), directory()).arguments(firmware, disks, ports, secrets);
        return HostTools.start(
                name(), AcceleratorProbe.QEMU.run().addAll(arguments).log(log()));
    }

    @Override
    protected void awaitPowered(ToolProcess running) {
        long end = System.nanoTime() + POWER_ON.toNanos();
        try {
            while (true) {
                if (!running.isAlive()) {
                    throw new MachineException(name(), "QEMU did not start:" + indented(lastWords(running)) + hint());
                }
                try {
                    qmp.forwardedPorts().forEach(ports::replace);
                    return;
                } catch (IOException e) {
                    if (System.nanoTime() > end) {
                        throw new MachineException(name(), "QEMU does not answer: " + e.getMessage(), e);
                    }
                }
                running.await(Duration.ofMillis(20));
            }
        } catch (InterruptedException e) {
            throw Interruption.of(name(), "powering it on");
        } finally {
            PrivateFiles.delete(secrets);
        }
    }

    private String hint() {
        String words = String.join("\n", FileTail.lines(log(), 5));
        String hint = "";
        if (words.contains("host forwarding")) {
            hint = "A port to forward from is taken: choose another, or let any free one be taken";
        } else if (words.contains("sandbox")) {
            hint = "QEMU must have been built with seccomp, as Debian's is: machines do not run without it";
        }
        return hint.isEmpty() ? "" : System.lineSeparator() + hint;
    }

    @Override
    public void attend() {
        try {
            if (!qmp.isStoppedByAnError()) {
                return;
            }
            for (DiskFile disk : disks) {
                if (FullDisk.isFull(disk.path())) {
                    throw new MachineException(
                            name(),
                            "stands still, as there is no room for what it writes to " + disk.path() + ". "
                                    + FullDisk.wayOut(disk.path(), spec.persistent() ? "place for it" : "directory()")
                                    + ". Once there is room, it goes on when it is asked for anything");
                }
            }
            LOG.debug("machine {} could not write, and goes on", name());
            qmp.goOn();
        } catch (IOException e) {
            LOG.debug("cannot tell whether machine {} stands still: {}", name(), e.toString());
        }
    }

    @Override
    protected void askToStop(ToolProcess running) {
        attend();
        try {
            qmp.powerdown();
        } catch (IOException e) {
            if (running.isAlive()) {
                throw new MachineException(name(), "QEMU does not take the power button: " + e.getMessage(), e);
            }
        }
    }

    @Override
    protected boolean isFaultOfTheEmulator(List<String> console) {
        return accelerator.kind() == Accelerator.Kind.TCG && tripped(console);
    }

    /**
     * Returns whether the kernel oopsed on int3: with several processors, QEMU's translator rarely (seen once in some hundred boots) runs an
     * instruction that the kernel is just patching.
     */
    static boolean tripped(List<String> console) {
        return console.stream().anyMatch(line -> line.contains("Oops: int3"));
    }

    @Override
    protected void pullPlug(ToolProcess running) {
        running.kill();
    }

    @Override
    protected RunningCommand begin(Command command, @Nullable Duration patience) {
        if (!spec.guestAgent()) {
            throw new MachineException(
                    name(),
                    "cannot run " + command.program()
                            + ": its image was baked withoutGuestAgent(). Reach it through its"
                            + " ports, bake it with the agent, or boot the same image as a container");
        }
        return GuestCommand.start(this, agent, command, patience == null ? GuestCommand.AGENT : patience);
    }

    /** Returns a longer time: the guest agent may not be there yet, and a check costs an emulated processor much. */
    @Override
    protected Duration silence() {
        return Duration.ofSeconds(10);
    }

    @Override
    protected List<String> lastWords(ToolProcess ended) {
        return FileTail.lines(log(), 10);
    }

    private Path log() {
        return directory().resolve("qemu.log");
    }

    @Override
    public InetSocketAddress endpoint(int port) {
        Integer host = ports.get(port);
        if (host == null) {
            throw new MachineException(
                    name(),
                    "port " + port + " is not forwarded; these are: " + ports.keySet() + ". Use addPort(" + port + ")");
        }
        return new InetSocketAddress(LOOPBACK, host);
    }

    /** QEMU forwards IPv4 only, and Java's own choice of loopback address depends on its settings. */
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void release() {
        agent.close();
    }

    @Override
    public String toString() {
        return "machine " + name() + " (QEMU, " + accelerator.kind() + ", " + (isRunning() ? "running" : "off") + ", "
                + spec.disk() + ", ports " + ports + ")";
    }
}
