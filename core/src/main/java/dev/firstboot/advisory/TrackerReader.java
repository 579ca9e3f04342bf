package dev.firstboot.advisory;

import dev.firstboot.internal.json.JsonCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of Debian's security tracker one entry at a time: the whole would not fit into a small heap.
 * {@code {source: {cve: {"description", "releases": {release: {"status", "repositories", "fixed_version", "urgency", "nodsa", "nodsa_reason"}}}}}}.
 */
final class TrackerReader {
    private final ImagePackages packages;
    private final List<Advisory> open = new ArrayList<>();
    private boolean knowsRelease;

    TrackerReader(ImagePackages packages) {
        this.packages = packages;
    }

    /** Returns what is open in the image, sorted. */
    List<Advisory> read(JsonCursor json) {
        json.object(source -> json.object(cve -> {
            TrackerEntry entry = entry(json, source, cve);
            knowsRelease |= entry.releases().containsKey(packages.release());
            if (packages.have(source)) {
                open.addAll(packages.open(entry));
            }
        }));
        json.end();
        return open.stream().sorted().toList();
    }

    /** Returns whether the data covers the image's release. */
    boolean knowsRelease() {
        return knowsRelease;
    }

    private static TrackerEntry entry(JsonCursor json, String source, String cve) {
        Map<String, TrackerRelease> releases = new LinkedHashMap<>();
        String[] description = {""};
        json.object(field -> {
            switch (field) {
                case "description" -> description[0] = json.text();
                case "releases" -> json.object(release -> releases.put(release, release(json, source, cve)));
                default -> {}
            }
        });
        return new TrackerEntry(source, cve, description[0], releases);
    }

    private static TrackerRelease release(JsonCursor json, String source, String cve) {
        Map<String, String> words = new HashMap<>();
        Map<String, DebianVersion> repositories = new LinkedHashMap<>();
        json.object(field -> {
            switch (field) {
                case "repositories" -> json.object(suite -> repositories.put(suite, version(json.text(), source, cve)));
                case "status", "fixed_version", "urgency", "nodsa", "nodsa_reason" -> words.put(field, json.text());
                default -> {}
            }
        });
        String fixed = words.getOrDefault("fixed_version", "");
        return new TrackerRelease(
                "resolved".equals(words.get("status")),
                repositories,
                fixed.isEmpty() ? null : version(fixed, source, cve),
                Urgency.of(words.getOrDefault("urgency", "")),
                noDsa(words.getOrDefault("nodsa", ""), words.getOrDefault("nodsa_reason", "")));
    }

    private static DebianVersion version(String text, String source, String cve) {
        try {
            return DebianVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw new AdvisoryException(cve + " of " + source + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable String noDsa(String text, String reason) {
        if (text.isEmpty()) {
            return reason.isEmpty() ? null : reason;
        }
        return reason.isEmpty() ? text : text + " (" + reason + ")";
    }
}
