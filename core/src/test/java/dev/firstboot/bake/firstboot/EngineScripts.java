package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The scripts that machines run, in a directory that stands for a machine's root; they run with this host's shell and perl. */
final class EngineScripts {
    private final Path root;

    EngineScripts(Path root) throws IOException {
        this.root = root;
        for (String name :
                List.of("lib.sh", "firewall", "secrets", "render", "run-step", "stamp", "probe", "ssh-keys")) {
            put("usr/lib/firstboot/" + name, Resources.text(EngineFiles.class, name));
        }
        for (String directory : List.of("var/lib/firstboot/secrets", "var/lib/firstboot/done", "run", "proc", "etc")) {
            Files.createDirectories(root.resolve(directory));
        }
        put("proc/uptime", "0000012.34 56.78\n");
        put("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    /** Writes an executable file. */
    Path put(String relative, String text) throws IOException {
        Path file = root.resolve(relative);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    String text(String relative) throws IOException {
        return Files.readString(root.resolve(relative));
    }

    /** Starts a script in a process group of its own; its output goes to the file {@code output}. */
    Process start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("setsid", root.resolve("usr/lib/firstboot/" + script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output").toFile());
        builder.environment().put("FIRSTBOOT_ROOT", root.toString());
        builder.environment().put("FIRSTBOOT_CONSOLE", root.resolve("console").toString());
        builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin");
        return builder.start();
    }

    /** Runs a script to its end and returns its exit status. */
    int run(String script, String... arguments) throws IOException, InterruptedException {
        return start(script, arguments).waitFor();
    }

    /** Kills a script and all that it started at one moment, as if the power failed, and waits until nothing of it runs. */
    static void kill(Process process) throws IOException, InterruptedException {
        // setsid became the script, so its process leads the group; a kill that came before that finds no group yet.
        String group = Long.toString(process.pid());
        do {
            call("sh", "-c", "kill -KILL -- -" + group + " 2>&-");
            process.destroyForcibly().waitFor();
        } while (call("pgrep", "--pgroup", group, "--runstates", "D,R,S,T") == 0);
    }

    private static int call(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
