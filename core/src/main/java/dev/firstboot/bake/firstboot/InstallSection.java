package dev.firstboot.bake.firstboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The [Install] section of a unit file (systemd.unit(5)).
 *
 * @param values the words of each key, in order
 */
record InstallSection(Map<String, List<String>> values) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Reads the text of a unit file. */
    static InstallSection parse(String text) {
        Map<String, List<String>> values = new TreeMap<>();
        boolean inside = false;
        // A backslash at the end of a line continues it on the next.
        for (String line : text.replace("\\\n", " ").lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[")) {
                inside = line.equals("[Install]");
            } else if (inside && equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                String value = line.substring(equals + 1).strip();
                List<String> words =
                        values.computeIfAbsent(line.substring(0, equals).strip(), k -> new ArrayList<>());
                if (value.isEmpty()) {
                    words.clear();
                } else {
                    words.addAll(BLANKS.splitAsStream(value).toList());
                }
            }
        }
        return new InstallSection(values);
    }

    List<String> wantedBy() {
        return get("WantedBy");
    }

    List<String> requiredBy() {
        return get("RequiredBy");
    }

    List<String> upheldBy() {
        return get("UpheldBy");
    }

    List<String> alias() {
        return get("Alias");
    }

    List<String> also() {
        return get("Also");
    }

    String defaultInstance() {
        List<String> words = get("DefaultInstance");
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    /** Returns whether enabling the unit has no effect. */
    boolean isEmpty() {
        return values.values().stream().allMatch(List::isEmpty);
    }

    private List<String> get(String key) {
        return values.getOrDefault(key, List.of());
    }
}
