package dev.firstboot.examples.smack;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.smack.Outcome.Kind;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the suite found, release by release, as a dated file of {@code docs/proof}. */
final class SmackProof {
    private final String command;
    private final String version;
    private final List<String> sections = new ArrayList<>();

    /** @param version of the suite */
    SmackProof(String command, String version) {
        this.command = command;
        this.version = version;
    }

    /** Adds what the suite found of this machine, and says so in one line. */
    String add(Release release, ChatMachine chat, List<Outcome> outcomes, KnownFailures known) {
        String count = "%d of %d tests passed, %d failed, %d not possible"
                .formatted(
                        of(Kind.PASSED, outcomes).count(),
                        outcomes.size() - of(Kind.CLASS_NOT_POSSIBLE, outcomes).count(),
                        of(Kind.FAILED, outcomes).count(),
                        of(Kind.NOT_POSSIBLE, outcomes).count());
        List<String> lines = new ArrayList<>();
        lines.add("## " + release);
        lines.add("");
        lines.add(count + ". ejabberd "
                + chat.output("dpkg-query", "-W", "-f", "${Version}", "ejabberd") + " on Debian "
                + chat.output("cat", "/etc/debian_version").strip() + ".");
        table(lines, "Failed", "Why", of(Kind.FAILED, outcomes), test -> {
            String reason = known.reasons().get(test.test());
            return reason == null ? "**Not known before.** " + test.words() : reason;
        });
        table(
                lines,
                "Passed at the second try",
                "What the suite said at the first",
                of(Kind.PASSED, outcomes).filter(outcome -> !outcome.words().isEmpty()),
                Outcome::words);
        table(lines, "Not possible", "What the suite says", of(Kind.NOT_POSSIBLE, outcomes), Outcome::words);
        table(
                lines,
                "Class not possible, not counted",
                "What the suite says",
                of(Kind.CLASS_NOT_POSSIBLE, outcomes),
                Outcome::words);
        lines.add("");
        lines.add("Passed: "
                + String.join(
                        ", ",
                        of(Kind.PASSED, outcomes)
                                .map(outcome -> "`" + outcome.test() + "`")
                                .toList())
                + ".");
        sections.add(String.join("\n", lines));
        return release + ": " + count;
    }

    private static Stream<Outcome> of(Kind kind, List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.kind() == kind)
                .sorted((one, other) -> one.test().compareTo(other.test()));
    }

    private static void table(
            List<String> lines, String what, String why, Stream<Outcome> outcomes, Function<Outcome, String> words) {
        List<String> rows = outcomes.map(outcome ->
                        "| `" + outcome.test() + "` | " + words.apply(outcome).replace("|", "\\|") + " |")
                .toList();
        if (!rows.isEmpty()) {
            lines.add("");
            lines.add("| " + what + " | " + why + " |");
            lines.add("| --- | --- |");
            lines.addAll(rows);
        }
    }

    /** Writes the file and gives its path. */
    Path write() throws IOException {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Path directory = Files.createDirectories(Path.of("docs/proof"));
        return Files.writeString(directory.resolve(date + "-smack.md"), """
                # soak smack, %s

                Command: `%s`

                Machine: %d processors, Linux %s, Java %s

                Smack's own integration tests (`smack-integration-test` %s) against the chat service in a container, over STARTTLS that is required; the
                suite trusts the machine's own authority and no other, and makes its accounts by the administrator's ad-hoc commands.
                What failed and is not in the list of known failures is tried once more.

                %s
                """.formatted(
                        date,
                        command,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        version,
                        String.join("\n\n", sections)));
    }
}
