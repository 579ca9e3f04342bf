package dev.firstboot.examples;

import dev.firstboot.FirstbootException;
import dev.firstboot.examples.chat.ChatException;
import dev.firstboot.examples.report.Checks.FailedCheckException;
import dev.firstboot.examples.report.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Bakes a chat server's image, boots that very disk, and talks to it as its users would. {@code ./dev quickstart} runs this. */
public final class Quickstart {
    private static final String HELP = """
            ./dev quickstart          bakes a chat server's disk, boots it, talks to it, and shows what was seen
            ./dev quickstart --keep   the same, and leaves the machine running

            The disk and result.json are written to examples/target/quickstart. A second run takes from the cache what is
            unchanged. Exit status: 0 if all is as it must be, 1 if something failed, 2 for arguments that make no sense.
            """;
    private static final Set<String> OPTIONS = Set.of("--keep", "--help", "-h");

    private Quickstart() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, args));
    }

    /** Does what {@code args} say and gives the exit status. */
    static int run(PrintStream out, String... args) {
        List<String> options = List.of(args);
        for (String option : options) {
            if (!OPTIONS.contains(option)) {
                out.println("quickstart: there is no option " + option + "\n\n" + HELP);
                return 2;
            }
        }
        if (options.contains("--help") || options.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        try (Progress progress = Progress.on(out)) {
            QuickstartRun run = new QuickstartRun(directory(), progress, out);
            return run.execute(options.contains("--keep")) ? 0 : 1;
        } catch (FailedCheckException | FirstbootException | ChatException e) {
            out.println("\nquickstart: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            out.println("\nquickstart: cannot write to " + directory() + ": " + e);
            return 1;
        }
    }

    /** Where results go, from the top of the repository or from this module. */
    static Path directory() {
        Path module = Path.of("examples");
        return (Files.isDirectory(module) ? module.resolve("target") : Path.of("target")).resolve("quickstart");
    }
}
