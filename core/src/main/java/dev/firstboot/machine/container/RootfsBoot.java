package dev.firstboot.machine.container;

import dev.firstboot.internal.check.Checks;
import dev.firstboot.internal.check.Limits;
import dev.firstboot.internal.tool.UserCache;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes how to boot a root file system in a systemd-nspawn container, which takes seconds. An immutable value; {@link #start()} boots it.
 *
 * <p>A user other than root needs 65,536 subordinate ids (subuid(5)) and a version 2 cgroup, such as
 * {@code systemd-run --user --scope -p Delegate=yes} provides; can boot archives only; and reaches a machine's ports on the host's loopback. The
 * user's machines share ids unless there are more.
 *
 * <p>A tar archive is unpacked once and cached; each machine writes to its own overlay, which is removed when the machine is closed. A directory is
 * used in place and changed. The machine can be reached only from this host and from machines on its network.
 */
public final class RootfsBoot {
    private final Path rootfs;
    private final String name;
    private final @Nullable Path directory;
    private final @Nullable Path cacheDirectory;
    private final @Nullable PrivateNetwork network;
    private final List<Credential> credentials;

    private RootfsBoot(Builder builder) {
        rootfs = builder.rootfs;
        name = Objects.requireNonNullElse(builder.name, "machine");
        directory = builder.directory;
        cacheDirectory = builder.cacheDirectory;
        network = builder.network;
        credentials = List.copyOf(builder.credentials);
    }

    /** Returns a builder for booting this tar archive, compressed or not, or this directory. */
    public static Builder builder(Path rootfs) {
        return new Builder(rootfs);
    }

    /** Returns a builder with the settings of this description. */
    public Builder toBuilder() {
        Builder builder = new Builder(rootfs);
        builder.name = name;
        builder.directory = directory;
        builder.cacheDirectory = cacheDirectory;
        builder.network = network;
        builder.credentials.addAll(credentials);
        return builder;
    }

    /**
     * Powers on a machine.
     *
     * @throws MachineException if this user cannot boot it here, saying what is missing, or if it does not start; nothing is left behind
     */
    public Machine start() {
        return ContainerMachine.boot(this);
    }

    /** Returns the archive or directory. */
    public Path rootfs() {
        return rootfs;
    }

    /** Returns the machine's name. */
    public String name() {
        return name;
    }

    /** Returns the directory for its working files; empty for the host's directory for temporary files. */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** Returns where unpacked archives are cached. */
    public Path cacheDirectory() {
        return cacheDirectory == null ? UserCache.directory() : cacheDirectory;
    }

    /** Returns the network it is on; empty for one of its own. */
    public Optional<PrivateNetwork> network() {
        return Optional.ofNullable(network);
    }

    /** Returns the credentials that it gets at boot. */
    public List<Credential> credentials() {
        return credentials;
    }

    @Override
    public String toString() {
        return "RootfsBoot[" + name + ": " + rootfs + ", " + (network == null ? "a network of its own" : network) + ", "
                + credentials + "]";
    }

    /** Builds the description of how to boot a root file system. Not thread-safe. */
    public static final class Builder {
        private final Path rootfs;
        private @Nullable String name;
        private @Nullable Path directory;
        private @Nullable Path cacheDirectory;
        private @Nullable PrivateNetwork network;
        private final List<Credential> credentials = new ArrayList<>();

        private Builder(Path rootfs) {
            this.rootfs = rootfs.toAbsolutePath().normalize();
        }

        /** Sets the machine's name: a DNS label. It is the host name if the image sets none, and must be unique on its network. */
        public Builder name(String value) {
            name = Checks.once("name", name, Limits.label(value));
            return this;
        }

        /** Sets a directory for the machine's working files, including everything it writes; they are deleted when it is closed. */
        public Builder directory(Path value) {
            directory =
                    Checks.once("directory", directory, value.toAbsolutePath().normalize());
            return this;
        }

        /**
         * Sets where unpacked archives are cached, for all machines that boot from the same archive; defaults to {@code $XDG_CACHE_HOME/firstboot} or
         * {@code ~/.cache/firstboot}. Up to 10 GiB are kept in addition to archives in use. If its file system does not support ID-mapped mounts, or
         * it does not belong to this user, each machine unpacks for itself.
         */
        public Builder cacheDirectory(Path value) {
            cacheDirectory = Checks.once(
                    "cacheDirectory", cacheDirectory, value.toAbsolutePath().normalize());
            return this;
        }

        /** Sets a network to share with other machines; it stays when the machine is closed. */
        public Builder network(PrivateNetwork value) {
            network = Checks.once("network", network, value);
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
        public RootfsBoot build() {
            return new RootfsBoot(this);
        }

        /** Builds the description and powers on a machine. */
        public Machine start() {
            return build().start();
        }
    }
}
