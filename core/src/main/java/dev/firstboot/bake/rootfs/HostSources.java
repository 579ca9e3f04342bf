package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sources from which the host's own apt installs Debian: sources.list(5) in both formats. Skips third-party repositories, addresses with a
 * password, and addresses that no image could reach.
 */
final class HostSources {
    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s+)?(\\S+)\\s+(\\S+)\\s+(.+)");
    private static final String RELEASE_NAME =
            "(?:bullseye|bookworm|trixie|forky|sid|unstable|testing|stable|oldstable|oldoldstable)";
    private static final Pattern MAIN_SUITE = Pattern.compile(RELEASE_NAME + "(?:-updates)?");
    private static final Pattern SECURITY_SUITE = Pattern.compile(RELEASE_NAME + "[-/](?:security|updates)");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?://[^/@]+|file:|copy:)/\\S*");

    private final List<Entry> entries;

    private HostSources(List<Entry> entries) {
        this.entries = entries;
    }

    private record Entry(String uri, String suite, String components, String signedBy) {
        boolean isDebian() {
            return ADDRESS.matcher(uri).matches()
                    && Arrays.asList(components.trim().split("\\s+", -1)).contains("main")
                    && (signedBy.isBlank() || signedBy.contains("debian-archive"));
        }
    }

    /** Reads {@code sources.list} and {@code sources.list.d} below {@code apt}, usually {@code /etc/apt}. */
    static HostSources read(Path apt) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Path list = apt.resolve("sources.list");
        if (Files.isReadable(list)) {
            entries.addAll(oneLineForm(Files.readAllLines(list)));
        }
        Path directory = apt.resolve("sources.list.d");
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(Files::isReadable).sorted().toList()) {
                    if (file.toString().endsWith(".list")) {
                        entries.addAll(oneLineForm(Files.readAllLines(file)));
                    } else if (file.toString().endsWith(".sources")) {
                        entries.addAll(stanzas(Files.readAllLines(file)));
                    }
                }
            }
        }
        return new HostSources(entries);
    }

    /** Returns the archive with Debian's releases, if the host has one. */
    Optional<String> main() {
        return first(MAIN_SUITE);
    }

    /** Returns the archive with Debian's security updates, if the host has one. */
    Optional<String> security() {
        return first(SECURITY_SUITE)
                .filter(uri -> uri.contains("security"))
                .or(() -> entries.stream()
                        .filter(Entry::isDebian)
                        .filter(entry -> entry.suite().endsWith("-security"))
                        .map(Entry::uri)
                        .findFirst());
    }

    private Optional<String> first(Pattern suite) {
        return entries.stream()
                .filter(Entry::isDebian)
                .filter(entry -> suite.matcher(entry.suite()).matches())
                .map(Entry::uri)
                .findFirst();
    }

    private static List<Entry> oneLineForm(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = ONE_LINE.matcher(line.replaceFirst("#.*", "").trim());
            if (matcher.matches()) {
                String options = matcher.group(1) == null ? "" : matcher.group(1);
                String signedBy = Arrays.stream(options.split("\\s+", -1))
                        .filter(option -> option.startsWith("signed-by="))
                        .findFirst()
                        .orElse("");
                entries.add(new Entry(matcher.group(2), matcher.group(3), matcher.group(4), signedBy));
            }
        }
        return entries;
    }

    private static List<Entry> stanzas(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        String field = "";
        for (String line : lines) {
            if (line.isBlank()) {
                add(entries, fields);
                fields.clear();
            } else if (line.startsWith(" ") || line.startsWith("\t")) {
                fields.merge(field, line.trim(), (before, more) -> before + " " + more);
            } else if (!line.startsWith("#") && line.contains(":")) {
                field = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                fields.put(field, line.substring(line.indexOf(':') + 1).trim());
            }
        }
        add(entries, fields);
        return entries;
    }

    private static void add(List<Entry> entries, Map<String, String> fields) {
        if (!words(fields, "types").contains("deb")
                || fields.getOrDefault("enabled", "yes").equals("no")) {
            return;
        }
        for (String uri : words(fields, "uris")) {
            for (String suite : words(fields, "suites")) {
                entries.add(new Entry(
                        uri, suite, fields.getOrDefault("components", ""), fields.getOrDefault("signed-by", "")));
            }
        }
    }

    private static List<String> words(Map<String, String> fields, String name) {
        return Arrays.asList(fields.getOrDefault(name, "").split("\\s+", -1));
    }
}
