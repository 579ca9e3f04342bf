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
 * How to boot a root file system in a systemd-nspawn container, which takes seconds. An immutable value; {@link #start()} boots it.
 *
 * <p>Any other user than root needs 65,536 subordinate ids (subuid(5)) and a control group of version 2, as {@code systemd-run --user --scope -p Delegate=yes} gives
 * it; boots archives only; and reaches a machine's ports on the host's loopback. The user's machines share ids unless there are more.
 *
 * <p>A tar archive is unpacked once and kept; each machine writes to a layer of its own above it, which is gone when the machine is closed. A directory is used,
 * and changed, as it is. The machine is reached from this host and from the machines on its network only.
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

    /** Begins the description of how to boot this tar archive, compressed or not, or this directory. */
    public static Builder builder(Path rootfs) {
        return new Builder(rootfs);
    }

    /** A builder that holds all of this. */
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
     * Powers a machine on.
     *
     * @throws MachineException when this user cannot boot it here, saying what is missing, or when it does not start; nothing is left of it then
     */
    public Machine start() {
        return ContainerMachine.boot(this);
    }

    /** The archive or directory. */
    public Path rootfs() {
        return rootfs;
    }

    /** The machine's name. */
    public String name() {
        return name;
    }

    /** Where it keeps its working files; empty for the host's place for temporary files. */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** Where archives that were unpacked are kept. */
    public Path cacheDirectory() {
        return cacheDirectory == null ? UserCache.directory() : cacheDirectory;
    }

    /** The network it is on; empty for one of its own. */
    public Optional<PrivateNetwork> network() {
        return Optional.ofNullable(network);
    }

    /** What it is given at boot. */
    public List<Credential> credentials() {
        return credentials;
    }

    @Override
    public String toString() {
        return "RootfsBoot[" + name + ": " + rootfs + ", " + (network == null ? "a network of its own" : network) + ", "
                + credentials + "]";
    }

    /** Collects how to boot a root file system. Not thread-safe. */
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

        /** The machine's name: a DNS label, its host name where the image sets none, and another one than those of the machines on its network. */
        public Builder name(String value) {
            name = Checks.once("name", name, Limits.label(value));
            return this;
        }

        /** A directory for the machine's working files, such as all that it writes; they are gone when it is closed. */
        public Builder directory(Path value) {
            directory =
                    Checks.once("directory", directory, value.toAbsolutePath().normalize());
            return this;
        }

        /**
         * Where to keep an archive that was unpacked, for all machines that boot from the same; {@code $XDG_CACHE_HOME/firstboot} or {@code ~/.cache/firstboot} if
         * not set. Up to 10 GiB are kept besides what is in use. Where its file system knows no ID-mapped mounts, or it is not this user's, each machine unpacks for
         * itself.
         */
        public Builder cacheDirectory(Path value) {
            cacheDirectory = Checks.once(
                    "cacheDirectory", cacheDirectory, value.toAbsolutePath().normalize());
            return this;
        }

        /** The network to share with other machines; it stays when the machine is closed. */
        public Builder network(PrivateNetwork value) {
            network = Checks.once("network", network, value);
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
        public RootfsBoot build() {
            return new RootfsBoot(this);
        }

        /** Builds the description and powers a machine on. */
        public Machine start() {
            return build().start();
        }
    }
}
