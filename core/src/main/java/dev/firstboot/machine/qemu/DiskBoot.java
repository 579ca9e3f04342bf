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
 * Describes how to boot a disk image in QEMU, through UEFI and the disk's own boot loader. An immutable value; {@link #start()} boots it and can be
 * called repeatedly.
 *
 * <p>By default the image is not changed: the machine writes to an overlay that is deleted with it. It has 2 GiB of memory and two processors. It has
 * no network access to the outside, and can be reached only through the forwarded ports, on 127.0.0.1.
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

    /** Returns a builder for booting this disk image, qcow2 or raw. */
    public static Builder builder(Path disk) {
        return new Builder(disk);
    }

    /** Returns a builder with the settings of this description. */
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
     * Powers on a machine.
     *
     * @throws MachineException if it does not start; nothing is left behind
     */
    public Machine start() {
        return QemuMachine.boot(this);
    }

    /** Returns the disk image. */
    public Path disk() {
        return disk;
    }

    /** Returns the additional disk images, besides the one it boots from, in order. */
    public List<Path> furtherDisks() {
        return furtherDisks;
    }

    /** Returns the machine's name. */
    public String name() {
        return name;
    }

    /** Its memory. */
    public ByteSize memory() {
        return memory;
    }

    /** Returns the number of its processors. */
    public int cpus() {
        return cpus;
    }

    /** Returns whether it writes to the image itself. */
    public boolean persistent() {
        return persistent;
    }

    /** Returns whether it reaches the outside network, and with it the host's loopback. */
    public boolean outsideNetwork() {
        return outsideNetwork;
    }

    /** Returns whether it has qemu-guest-agent. */
    public boolean guestAgent() {
        return guestAgent;
    }

    /** Returns the size of its disk; empty for the image's own size. */
    public Optional<ByteSize> diskSize() {
        return Optional.ofNullable(diskSize);
    }

    /** Returns the directory for its working files; empty for the host's directory for temporary files. */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** Returns the host port by machine port; 0 for any free port. */
    public Map<Integer, Integer> ports() {
        return new LinkedHashMap<>(ports);
    }

    /** Returns the credentials that it gets at boot. */
    public List<Credential> credentials() {
        return credentials;
    }

    @Override
    public String toString() {
        return "DiskBoot[" + name + ": " + disk + (persistent ? ", persistent" : "") + ", " + memory + ", " + cpus
                + " cpus, ports " + ports.keySet() + ", " + credentials + "]";
    }

    /** Builds the description of how to boot a disk. Not thread-safe. */
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

        /** Sets the machine's name for display: a DNS label. */
        public Builder name(String value) {
            name = Checks.once("name", name, Limits.label(value));
            return this;
        }

        /** Sets its memory; defaults to 2 GiB. */
        public Builder memory(ByteSize value) {
            if (value.compareTo(ByteSize.mebibytes(64)) < 0) {
                throw new IllegalArgumentException(
                        "memory " + value + " is less than 64 MiB: no machine boots with that");
            }
            memory = Checks.once("memory", memory, value);
            return this;
        }

        /** Sets the number of its processors; defaults to two. */
        public Builder cpus(int value) {
            if (value < 1 || value > 255) {
                throw new IllegalArgumentException("cpus " + value + " is not within 1 to 255");
            }
            cpus = Checks.once("cpus", cpus, value);
            return this;
        }

        /** Writes to the image itself instead of an overlay that is deleted with the machine. */
        public Builder persistent() {
            persistent = true;
            return this;
        }

        /**
         * Sets whether the machine reaches the outside network through the host; defaults to false. A first boot does not need it. True opens more
         * than the Internet: its connections come from the host's user, so it reaches whatever that user reaches, including services that listen only
         * on the host's loopback, at 10.0.2.2.
         */
        public Builder outsideNetwork(boolean value) {
            outsideNetwork = Checks.once("outsideNetwork", outsideNetwork, value);
            return this;
        }

        /** Declares that the image has no qemu-guest-agent: {@link Machine#run} then fails at once, and the machine gets no channel for it. */
        public Builder withoutGuestAgent() {
            guestAgent = false;
            return this;
        }

        /**
         * Sets the size of the overlay's disk, larger than the image's, as if the image had been copied to a larger disk. Defaults to the image's
         * size.
         */
        public Builder diskSize(ByteSize value) {
            diskSize = Checks.once("diskSize", diskSize, value);
            return this;
        }

        /**
         * Adds a disk besides the one that the machine boots from, qcow2 or raw. As with the first disk, {@link #persistent()} decides whether writes
         * to it are kept.
         */
        public Builder addDisk(Path image) {
            furtherDisks.add(image.toAbsolutePath().normalize());
            return this;
        }

        /** Sets a directory for the machine's working files, such as its overlay; they are deleted when it is closed. */
        public Builder directory(Path value) {
            directory =
                    Checks.once("directory", directory, value.toAbsolutePath().normalize());
            return this;
        }

        /** Forwards any free TCP port of 127.0.0.1 to this port of the machine. */
        public Builder addPort(int port) {
            return addPort(port, 0);
        }

        /** Forwards this TCP port of 127.0.0.1 to this port of the machine; also fixes the host port of one that was added without. */
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

        /** Adds a credential that the machine gets at boot. */
        public Builder addCredential(Credential value) {
            credentials.stream()
                    .filter(known -> known.name().equals(value.name()))
                    .forEach(known -> Checks.once(known.toString(), known, value));
            credentials.add(value);
            return this;
        }

        /** Builds the description. */
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

        /** Builds the description and powers on a machine. */
        public Machine start() {
            return build().start();
        }
    }
}
