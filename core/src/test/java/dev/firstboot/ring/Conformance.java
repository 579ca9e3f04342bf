package dev.firstboot.ring;

import dev.firstboot.image.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of {@code docs/zfs-conformance.md}: each case of OpenZFS's own binding for Python, and what became of it where. */
final class Conformance {
    private static final String PACKAGE = "dev.firstboot.zfs.conformance.";

    /** Cases of functions that a version does not have. */
    private static final Map<String, String> LACKING = Map.of("recv_with_heal", "OpenZFS 2.1");

    private final Map<String, Map<String, RingReport.Outcome>> byVersion = new LinkedHashMap<>();

    /** @param found the outcomes of each guest, by the version it has */
    Conformance(Map<String, List<RingReport.Outcome>> found) {
        found.forEach((version, outcomes) -> {
            Map<String, RingReport.Outcome> byCase = new LinkedHashMap<>();
            outcomes.stream()
                    .filter(outcome -> outcome.type().startsWith(PACKAGE))
                    .forEach(outcome -> byCase.put(outcome.name().replaceAll("(\\(.*)|_$", ""), outcome));
            byVersion.put(version, byCase);
        });
    }

    /** The cases that have no test of their name in some guest. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        cases().values()
                .forEach(names -> names.forEach(name -> byVersion.forEach((version, outcomes) -> {
                    if (!outcomes.containsKey(name)) {
                        missing.add(name + " on " + version);
                    }
                })));
        return missing;
    }

    /** The table, as Markdown. */
    String table() {
        List<String> lines = new ArrayList<>(List.of(
                "# Conformance of the ZFS binding",
                "",
                "These are the test cases of pyzfs, OpenZFS's own binding for Python, by function of libzfs_core. Each is a live test of this library",
                "with the same name, in `dev.firstboot.zfs.conformance`, and expects the same error. The build writes this table from its runs in",
                "guests with each version of OpenZFS. Tests of what pyzfs does not test are in `dev.firstboot.zfs.live`.",
                "\"Not there\" means that this version lacks the function; the test then checks the type of the exception.",
                "",
                "| case | " + String.join(" | ", byVersion.keySet()) + " |",
                "|---|" + "---|".repeat(byVersion.size())));
        cases().forEach((function, names) -> {
            lines.add("| **" + function + "** |" + " |".repeat(byVersion.size()));
            names.forEach(name -> lines.add(row(name)));
        });
        return String.join("\n", lines) + "\n";
    }

    private String row(String name) {
        StringBuilder row = new StringBuilder("| ").append(name).append(" |");
        byVersion.forEach((version, outcomes) ->
                row.append(' ').append(word(name, version, outcomes.get(name))).append(" |"));
        return row.toString();
    }

    private static String word(String name, String version, RingReport.@Nullable Outcome outcome) {
        if (outcome == null) {
            return "missing";
        } else if (outcome.problem().isPresent()) {
            return "fails";
        }
        return version.equals(LACKING.get(name)) ? "not there" : "passes";
    }

    private static Map<String, List<String>> cases() {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        Resources.text(Conformance.class, "conformance.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int colon = line.indexOf(": ");
                    cases.put(
                            line.substring(0, colon),
                            List.of(line.substring(colon + 2).split(" ", -1)));
                });
        return cases;
    }
}
