package dev.firstboot.bake;

import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A user without privileges who is there for one test only: the host's list of users is overlaid, not changed. */
final class OrdinaryUser implements AutoCloseable {
    private static final String NAME = "firstboot-test";
    private static final int ID = 54321;
    /** As useradd(8) gives them: some 65,536 ids that nobody else has. */
    private static final String IDS = NAME + ":1000000:65536\n";

    private static final String BECOME = """
            set -eu
            home=$1; shift
            for file in passwd subuid subgid; do mount --bind "$home/$file" "/etc/$file"; done
            exec setpriv --reuid %1$d --regid %1$d --clear-groups --inh-caps=-all env HOME="$home" TMPDIR="$home" "$@"
            """.formatted(ID);

    private final Path home;

    private OrdinaryUser(Path home) {
        this.home = home;
    }

    /** A user who may have user namespaces. */
    static OrdinaryUser create() throws IOException {
        return create(IDS);
    }

    /** A user who may not: no ids are set aside for namespaces of this user. */
    static OrdinaryUser withoutNamespaces() throws IOException {
        return create("");
    }

    private static OrdinaryUser create(String ids) throws IOException {
        Path home = Files.createTempDirectory(Path.of("/var/tmp"), NAME + "-");
        Files.writeString(
                home.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd")) + "%s:x:%d:%2$d::%s:/bin/sh\n".formatted(NAME, ID, home));
        Files.writeString(home.resolve("subuid"), ids);
        Files.writeString(home.resolve("subgid"), ids);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new OrdinaryUser(home);
    }

    /** A directory that only this user can write to. */
    Path home() {
        return home;
    }

    /** Runs a program of the tests' own class path as this user; what it printed is the result. */
    String java(Class<?> program, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Tool.of("chown", "coreutils").run("-R", ID + ":" + ID, home.toString()).execute();
        Tool.of("chown", "coreutils")
                .run("root", home + "/passwd", home + "/subuid", home + "/subgid")
                .execute();
        return Tool.of("unshare", "util-linux")
                .run("--mount", "sh", "-c", BECOME, "become", home.toString())
                .add(java, "-cp", classPath(), program.getName())
                .add(arguments)
                .text();
    }

    /** Copies, because what the build has made and fetched may be out of this user's reach. */
    private String classPath() throws IOException {
        Path copies = Files.createDirectories(home.resolve("class-path"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path copy = copies.resolve(Integer.toString(entries.size()));
            Path from = Path.of(entry);
            if (Files.isDirectory(from)) {
                Tool.of("cp", "coreutils")
                        .run("-r", "--no-preserve=mode,ownership", from.toString(), copy.toString())
                        .execute();
            } else if (Files.exists(from)) {
                Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            entries.add(copy.toString());
        }
        Tool.of("chmod", "coreutils").run("-R", "a+rX", copies.toString()).execute();
        return String.join(File.pathSeparator, entries);
    }

    @Override
    public void close() throws IOException {
        Trees.delete(home);
    }
}
