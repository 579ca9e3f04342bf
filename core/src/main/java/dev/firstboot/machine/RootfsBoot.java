package dev.firstboot.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to boot a root file system in a systemd-nspawn container, which takes seconds. An immutable value; {@link #start()} boots it.
 * Needs root.
 *
 * <p>From a tar archive each machine gets a copy of its own, which is gone when it is closed; a directory is used, and changed, as it
 * is. The machine is reached from this host and from the machines on its network only.
 */
public final class RootfsBoot {
    private final Path rootfs;
    private final String name;
    private final @Nullable Path directory;
    private final @Nullable PrivateNetwork network;
    private final List<Credential> credentials;

    private RootfsBoot(Builder builder) {
        rootfs = builder.rootfs;
        name = Objects.requireNonNullElse(builder.name, "machine");
        directory = builder.directory;
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
        builder.network = network;
        builder.credentials.addAll(credentials);
        return builder;
    }

    /**
     * Powers a machine on.
     *
     * @throws MachineException when it does not start; nothing is left of it then
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

    /** Where it keeps its working files; null for the host's place for temporary files. */
    public @Nullable Path directory() {
        return directory;
    }

    /** The network it is on; null for one of its own. */
    public @Nullable PrivateNetwork network() {
        return network;
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
        private @Nullable PrivateNetwork network;
        private final List<Credential> credentials = new ArrayList<>();

        private Builder(Path rootfs) {
            this.rootfs = rootfs.toAbsolutePath().normalize();
        }

        /** The machine's name: a DNS label, and its host name where the image sets none. */
        public Builder name(String value) {
            name = Settings.once("name", name, Settings.label(value));
            return this;
        }

        /** A directory for the machine's working files, such as the unpacked archive; they are gone when it is closed. */
        public Builder directory(Path value) {
            directory =
                    Settings.once("directory", directory, value.toAbsolutePath().normalize());
            return this;
        }

        /** The network to share with other machines; it stays when the machine is closed. */
        public Builder network(PrivateNetwork value) {
            network = Settings.once("network", network, value);
            return this;
        }

        /** Adds what the machine is given at boot. */
        public Builder addCredential(Credential value) {
            credentials.stream()
                    .filter(known -> known.name().equals(value.name()))
                    .forEach(known -> Settings.once(known.toString(), known, value));
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
