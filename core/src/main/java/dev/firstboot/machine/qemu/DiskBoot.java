package dev.firstboot.machine.qemu;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.check.Checks;
import dev.firstboot.internal.check.Limits;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to boot a disk image in QEMU, through UEFI and the disk's own boot loader. An immutable value; {@link #start()} boots it, as often
 * as one likes.
 *
 * <p>Unless told otherwise the image stays as it is: the machine writes to an overlay that goes with it. The machine has 2 GiB of
 * memory and two processors. It reaches nothing outside of itself, and nobody reaches it but through the forwarded ports, on 127.0.0.1
 * only.
 */
public final class DiskBoot {
    private final Path disk;
    private final List<Path> furtherDisks;
    private final String name;
    private final ByteSize memory;
    private final int cpus;
    private final boolean persistent;
    private final boolean outsideNetwork;
    private final boolean guestAgent;
    private final @Nullable ByteSize diskSize;
    private final @Nullable Path directory;
    private final Map<Integer, Integer> ports;
    private final List<Credential> credentials;

    private DiskBoot(Builder builder) {
        disk = builder.disk;
        furtherDisks = List.copyOf(builder.furtherDisks);
        name = Objects.requireNonNullElse(builder.name, "machine");
        memory = Objects.requireNonNullElse(builder.memory, ByteSize.gibibytes(2));
        cpus = Objects.requireNonNullElse(builder.cpus, 2);
        persistent = builder.persistent;
        outsideNetwork = Objects.requireNonNullElse(builder.outsideNetwork, false);
        guestAgent = builder.guestAgent;
        diskSize = builder.diskSize;
        directory = builder.directory;
        ports = new LinkedHashMap<>(builder.ports);
        credentials = List.copyOf(builder.credentials);
    }

    /** Begins the description of how to boot this disk image, qcow2 or raw. */
    public static Builder builder(Path disk) {
        return new Builder(disk);
    }

    /** A builder that holds all of this. */
    public Builder toBuilder() {
        Builder builder = new Builder(disk);
        builder.name = name;
        builder.memory = memory;
        builder.cpus = cpus;
        builder.persistent = persistent;
        builder.outsideNetwork = outsideNetwork;
        builder.guestAgent = guestAgent;
        builder.diskSize = diskSize;
        builder.directory = directory;
        builder.furtherDisks.addAll(furtherDisks);
        builder.ports.putAll(ports);
        builder.credentials.addAll(credentials);
        return builder;
    }

    /**
     * Powers a machine on.
     *
     * @throws MachineException when it does not start; nothing is left of it then
     */
    public Machine start() {
        return QemuMachine.boot(this);
    }

    /** The disk image. */
    public Path disk() {
        return disk;
    }

    /** The disk images that the machine has beside the one it boots from, in their order. */
    public List<Path> furtherDisks() {
        return furtherDisks;
    }

    /** The machine's name. */
    public String name() {
        return name;
    }

    /** Its memory. */
    public ByteSize memory() {
        return memory;
    }

    /** The number of its processors. */
    public int cpus() {
        return cpus;
    }

    /** Whether it writes to the image itself. */
    public boolean persistent() {
        return persistent;
    }

    /** Whether it reaches the outside network, and the host's loopback with it. */
    public boolean outsideNetwork() {
        return outsideNetwork;
    }

    /** Whether it has qemu-guest-agent. */
    public boolean guestAgent() {
        return guestAgent;
    }

    /** The size of its disk; empty for the image's own. */
    public Optional<ByteSize> diskSize() {
        return Optional.ofNullable(diskSize);
    }

    /** Where it keeps its working files; empty for the host's place for temporary files. */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** The host's port by the machine's port; 0 for any that is free. */
    public Map<Integer, Integer> ports() {
        return new LinkedHashMap<>(ports);
    }

    /** What it is given at boot. */
    public List<Credential> credentials() {
        return credentials;
    }

    @Override
    public String toString() {
        return "DiskBoot[" + name + ": " + disk + (persistent ? ", persistent" : "") + ", " + memory + ", " + cpus
                + " cpus, ports " + ports.keySet() + ", " + credentials + "]";
    }

    /** Collects how to boot a disk. Not thread-safe. */
    public static final class Builder {
        private final Path disk;
        private final List<Path> furtherDisks = new ArrayList<>();
        private @Nullable String name;
        private @Nullable ByteSize memory;
        private @Nullable Integer cpus;
        private boolean persistent;
        private @Nullable Boolean outsideNetwork;
        private boolean guestAgent = true;
        private @Nullable ByteSize diskSize;
        private @Nullable Path directory;
        private final Map<Integer, Integer> ports = new LinkedHashMap<>();
        private final List<Credential> credentials = new ArrayList<>();

        private Builder(Path disk) {
            this.disk = disk.toAbsolutePath().normalize();
        }

        /** The machine's name for people: a DNS label. */
        public Builder name(String value) {
            name = Checks.once("name", name, Limits.label(value));
            return this;
        }

        /** Its memory; 2 GiB if not set. */
        public Builder memory(ByteSize value) {
            if (value.compareTo(ByteSize.mebibytes(64)) < 0) {
                throw new IllegalArgumentException(
                        "memory " + value + " is less than 64 MiB: no machine boots with that");
            }
            memory = Checks.once("memory", memory, value);
            return this;
        }

        /** The number of its processors; two if not set. */
        public Builder cpus(int value) {
            if (value < 1 || value > 255) {
                throw new IllegalArgumentException("cpus " + value + " is not within 1 to 255");
            }
            cpus = Checks.once("cpus", cpus, value);
            return this;
        }

        /** Writes go to the image itself instead of an overlay that goes with the machine. */
        public Builder persistent() {
            persistent = true;
            return this;
        }

        /**
         * Whether the machine reaches the outside network through the host; false if not set. A first boot needs none. True opens more than the Internet: to
         * those it talks to the machine is a program of the host's user. It reaches what that user reaches, also what listens on the host's loopback only,
         * which it finds at 10.0.2.2.
         */
        public Builder outsideNetwork(boolean value) {
            outsideNetwork = Checks.once("outsideNetwork", outsideNetwork, value);
            return this;
        }

        /** Says that the image has no qemu-guest-agent: {@link Machine#run} fails at once then, and the machine gets no channel for it. */
        public Builder withoutGuestAgent() {
            guestAgent = false;
            return this;
        }

        /** The size of the overlay's disk, larger than the image's, as if it had been copied to a larger disk. */
        public Builder diskSize(ByteSize value) {
            diskSize = Checks.once("diskSize", diskSize, value);
            return this;
        }

        /**
         * Adds a disk beside the one that the machine boots from, qcow2 or raw. What the machine writes to it is kept or goes as with the first.
         */
        public Builder addDisk(Path image) {
            furtherDisks.add(image.toAbsolutePath().normalize());
            return this;
        }

        /** A directory for the machine's working files, such as its overlay; they are gone when it is closed. */
        public Builder directory(Path value) {
            directory =
                    Checks.once("directory", directory, value.toAbsolutePath().normalize());
            return this;
        }

        /** Forwards any free TCP port of 127.0.0.1 to this port of the machine. */
        public Builder addPort(int port) {
            return addPort(port, 0);
        }

        /** Forwards this TCP port of 127.0.0.1 to this port of the machine; a port forwarded from any free one can still be told which. */
        public Builder addPort(int port, int hostPort) {
            Limits.port(port);
            if (hostPort != 0) {
                Limits.port(hostPort);
            }
            Integer before = ports.get(port);
            Checks.once("port " + port, before != null && before == 0 ? null : before, hostPort);
            ports.put(port, hostPort);
            return this;
        }

        /** Adds what the machine is given at boot. */
        public Builder addCredential(Credential value) {
            credentials.stream()
                    .filter(known -> known.name().equals(value.name()))
                    .forEach(known -> Checks.once(known.toString(), known, value));
            credentials.add(value);
            return this;
        }

        /** The description. */
        public DiskBoot build() {
            if (persistent && diskSize != null) {
                throw new IllegalStateException(
                        "diskSize is for the overlay, and a persistent machine has none: enlarge " + disk + " itself");
            }
            Set<Path> disks = new HashSet<>(furtherDisks);
            disks.add(disk);
            if (persistent && disks.size() <= furtherDisks.size()) {
                throw new IllegalStateException("a persistent machine would have one file as two disks, of " + disk
                        + " and " + furtherDisks + ": add a copy of it");
            }
            return new DiskBoot(this);
        }

        /** Builds the description and powers a machine on. */
        public Machine start() {
            return build().start();
        }
    }
}
