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
public final class OrdinaryUser implements AutoCloseable {
    private static final String NAME = "firstboot-test";
    private static final String ID = "54321";
    /** As useradd(8) gives them: some 65,536 ids that nobody else has. */
    private static final String IDS = NAME + ":1000000:65536\n";

    private final Path home;
    private String world = "";

    private OrdinaryUser(Path home) {
        this.home = home;
    }

    /** A user who may have user namespaces. */
    public static OrdinaryUser create() throws IOException {
        return create(IDS);
    }

    /** A user who may not: no ids are set aside for namespaces of this user. */
    public static OrdinaryUser withoutNamespaces() throws IOException {
        return create("");
    }

    private static OrdinaryUser create(String ids) throws IOException {
        Path home = Files.createTempDirectory(Path.of("/var/tmp"), NAME + "-");
        Files.writeString(
                home.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd")) + "%s:x:%s:%2$s::%s:/bin/sh\n".formatted(NAME, ID, home));
        Files.writeString(home.resolve("subuid"), ids);
        Files.writeString(home.resolve("subgid"), ids);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new OrdinaryUser(home);
    }

    /** A directory that only this user can write to. */
    public Path home() {
        return home;
    }

    /** Runs a program of the tests' own class path as this user; what it printed is the result. */
    public String java(Class<?> program, String... arguments) throws IOException {
        List<String> words = words(program, arguments);
        return Tool.of(words.get(0), "util-linux")
                .run()
                .addAll(words.subList(1, words.size()))
                .text();
    }

    /** The words that run a program of the tests' own class path as this user, in a mount namespace of its own. */
    public List<String> words(Class<?> program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("unshare", "--mount", "sh", "-euc", enroll() + world + "exec \"$@\"", "become"));
        words.addAll(command(program));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Sets lines of a shell script that root runs before the user's programs, in their mount namespace: what the host is like. */
    public OrdinaryUser in(String lines) {
        world = lines + "\n";
        return this;
    }

    /** Lines for {@link #in} that give the user a control group, as {@code systemd-run --user --scope -p Delegate=yes} does where systemd is: this host may have none. */
    public static String delegating(Path group) {
        return """
                mount -t cgroup2 none /sys/fs/cgroup
                mkdir %1$s
                for file in '' /cgroup.procs /cgroup.subtree_control /cgroup.threads; do chown %2$s:%2$s "%1$s$file"; done
                echo $$ >%1$s/cgroup.procs
                """.formatted(group, ID);
    }

    /** The lines of a shell script that make the user known, in a mount namespace of its own. */
    String enroll() throws IOException {
        Tool.of("chown", "coreutils").run("-R", ID + ":" + ID, home.toString()).execute();
        StringBuilder lines = new StringBuilder();
        for (String file : List.of("passwd", "subuid", "subgid")) {
            Files.setAttribute(home.resolve(file), "unix:uid", 0);
            lines.append("mount --bind ")
                    .append(home.resolve(file))
                    .append(" /etc/")
                    .append(file)
                    .append('\n');
        }
        return lines.toString();
    }

    /** The words that run a program of the tests' own class path as this user, where the user is known. */
    List<String> command(Class<?> program) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        List<String> words = new ArrayList<>(List.of("setpriv", "--reuid", ID, "--regid", ID, "--clear-groups"));
        words.addAll(List.of("--inh-caps=-all", "env", "HOME=" + home, "TMPDIR=" + home));
        // As in a container of Docker's, where nobody sets a locale: Java's character set is ASCII then.
        words.add("LC_ALL=C");
        words.addAll(List.of(java, "-cp", classPath(), program.getName()));
        return words;
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
