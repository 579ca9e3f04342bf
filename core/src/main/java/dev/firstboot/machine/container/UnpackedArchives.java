package dev.firstboot.machine.container;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.ThisProcess;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.internal.tool.UserNamespace;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.FullDisk;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives that were unpacked once for all machines that boot from them, in a directory of the user's cache:
 * {@code <boot of the host>-<digest>/tree}. Each machine writes to its own layer above. Safe for many threads and processes at once;
 * {@code unpack.sh} explains how.
 */
final class UnpackedArchives {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackedArchives.class);
    /** The size limit for all of them together, except those in use. */
    private static final ByteSize LIMIT = ByteSize.gibibytes(10);

    /** A file changed this recently may change once more without a visible difference. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Tool PERL = Tool.of("perl", "perl");
    private static final Tool SH = Tool.of("sh", "dash");
    private static final Tool TAR = Tool.of("tar", "tar");
    private static final Tool FLOCK = Tool.of("flock", "util-linux");

    private final String machine;
    private final Path store;
    private final Realm realm;
    private final IdBlock owner;

    private UnpackedArchives(String machine, Path store, Realm realm, IdBlock owner) {
        this.machine = machine;
        this.store = store;
        this.realm = realm;
        this.owner = owner;
    }

    /**
     * Returns the archives in this cache; empty if the owners of its files cannot be mapped, or others may change them. The files of an ordinary
     * user, whose owners cannot be mapped, have the machine's ids.
     */
    static Optional<UnpackedArchives> in(String machine, Path cache, Realm realm, IdBlock ids) {
        SubordinateIds own = realm.ids();
        Path store = cache.resolve(
                own == null
                        ? "containers"
                        : "containers-" + own.users().outside(ids.base()).orElseThrow());
        IdBlock owner = own == null ? IdBlock.UNPACKED : ids;
        try {
            Files.createDirectories(cache);
            try {
                Files.createDirectory(
                        store, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // Whether it is suitable is checked next.
            }
            Path real = store.toRealPath();
            boolean kept = isOwn(cache.toRealPath()) && isOwn(real);
            return kept && isPossible(machine, real, realm, owner)
                    ? Optional.of(new UnpackedArchives(machine, real, realm, owner))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("machines have no layers over {}: {}", store, e.toString());
            return Optional.empty();
        }
    }

    private static boolean isPossible(String machine, Path store, Realm realm, IdBlock owner) {
        return realm.isHost() ? Layer.isPossible(machine, store) : Layer.isPossible(machine, realm, store, owner);
    }

    /** Returns whether only this process's user can write to it. */
    private static boolean isOwn(Path path) throws IOException {
        return ThisProcess.owns(path) && ((int) Files.getAttribute(path, "unix:mode") & 0022) == 0;
    }

    /**
     * Returns the directory of an archive. Its {@code tree} holds the files with the ids of {@link IdBlock#UNPACKED}, or of an ordinary user's
     * machine. Unpacks the archive if the directory does not exist.
     */
    Path of(Path archive) {
        try {
            String stamp = stamp(archive);
            String mark = mark(archive);
            // Others who can write to the archive can change it in ways that no timestamp shows.
            Optional<Path> known = isOwn(archive) ? marked(mark) : Optional.empty();
            Path directory = known.isPresent()
                    ? known.get()
                    : store.resolve(BootId.text() + "-" + digest(archive).hex());
            if (Files.isDirectory(directory)) {
                Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
            } else {
                unpack(archive, directory.getFileName().toString(), stamp).execute();
            }
            if (isOwn(archive) && known.isEmpty() && mark.equals(mark(archive)) && isSettled(archive)) {
                Files.writeString(directory.resolve(mark), "");
            }
            return directory;
        } catch (ToolCancelledException e) {
            throw Interruption.of(machine, "unpacking " + archive);
        } catch (IOException | ToolException e) {
            throw new MachineException(
                    machine,
                    "cannot unpack " + archive + " in " + store + ": " + FullDisk.orSaid(e, store, "cacheDirectory()"),
                    e);
        }
    }

    private ToolRun unpack(Path archive, String name, String stamp) throws IOException {
        HostTools.require(machine, FLOCK);
        ToolRun run = SH.run("-c", Resources.text(UnpackedArchives.class, "unpack.sh"), "firstboot-unpack")
                .add(store.toString(), name)
                .add(Long.toString(owner.base()), Long.toString(LIMIT.bytes() >> 10), stamp)
                .addAll(unpacking(machine, archive, owner))
                .stdin(archive);
        return realm.in(run);
    }

    /** Returns the command that unpacks an archive from standard input with these ids; it omits devices, because a container gets its own. */
    static List<String> unpacking(String machine, Path archive, IdBlock ids) throws IOException {
        ToolRun tar = TAR.run("--extract", "--file=-")
                .addAll(Compression.options(archive))
                .add("--numeric-owner", "--same-owner", "--same-permissions")
                // Options after --anchored are anchored: a directory called dev elsewhere keeps its files.
                .add("--xattrs", "--xattrs-include=*", "--anchored", "--exclude=./dev/*", "--exclude=dev/*");
        ToolRun run = PERL.run("-e", UserNamespace.perl(Resources.text(UnpackedArchives.class, "unpack.pl")))
                .add(Long.toString(ids.base()))
                .addAll(HostTools.words(machine, tar));
        return HostTools.words(machine, run);
    }

    /** Returns what was unpacked from exactly this state of the file, in this boot of the host. */
    private Optional<Path> marked(String mark) throws IOException {
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(store, BootId.text() + "-" + "?".repeat(64))) {
            for (Path directory : directories) {
                if (Files.exists(directory.resolve(mark))) {
                    return Optional.of(directory);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the name of the file next to a tree that says which archive it is from. */
    private static String mark(Path archive) throws IOException {
        return "archive-" + Files.getAttribute(archive, "unix:dev") + "-"
                + stamp(archive).replace(' ', '-');
    }

    /**
     * Returns what distinguishes a file from others and from itself with other content: its change time (ctime) cannot be set. In the format in which
     * the script checks the file that it has read.
     */
    private static String stamp(Path archive) throws IOException {
        Map<String, Object> known = Files.readAttributes(archive, "unix:ino,size,lastModifiedTime,ctime");
        return known.get("ino") + " " + known.get("size") + " " + seconds(known.get("lastModifiedTime")) + " "
                + seconds(known.get("ctime"));
    }

    private static String seconds(@Nullable Object time) {
        Instant instant = ((FileTime) Objects.requireNonNull(time)).toInstant();
        return instant.getEpochSecond() + "." + String.format(Locale.ROOT, "%09d", instant.getNano());
    }

    private static boolean isSettled(Path archive) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(archive, "unix:ctime");
        return changed.toInstant().isBefore(Instant.now().minus(SETTLED));
    }

    private static Digest digest(Path archive) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        byte[] buffer = new byte[1 << 20];
        try (InputStream input = Files.newInputStream(archive)) {
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                sha256.update(buffer, 0, length);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("it is not there", e);
        }
        return Digest.of(sha256.digest());
    }
}
