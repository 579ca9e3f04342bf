package dev.firstboot.bake.rootfs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the stanzas that apt-cache(8) shows, in deb822(5), which source package each package is made from. */
final class StanzaReader {
    /** deb-src-control(5): a version stands there where it differs from the package's own. */
    private static final Pattern SOURCE = Pattern.compile("(\\S+)(?: \\((\\S+)\\))?");

    private final Map<String, SourcePackage> bySpec = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    /** Takes the next line. */
    void line(String line) {
        if (line.isBlank()) {
            end();
            return;
        }
        int colon = line.indexOf(':');
        if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    /** The source package of each of these, all of which have been shown. */
    List<SourcePackage> sourcesOf(PackageVersions versions) {
        end();
        return versions.specs().stream().map(this::sourceOf).toList();
    }

    private SourcePackage sourceOf(String spec) {
        SourcePackage source = bySpec.get(spec);
        if (source == null) {
            throw new IllegalStateException("apt-cache shows nothing of " + spec);
        }
        return source;
    }

    private void end() {
        String name = fields.getOrDefault("Package", "");
        String version = fields.getOrDefault("Version", "");
        Matcher source = SOURCE.matcher(fields.getOrDefault("Source", name));
        if (!name.isEmpty() && source.matches()) {
            bySpec.put(
                    name + "=" + version,
                    new SourcePackage(name, source.group(1), source.group(2) == null ? version : source.group(2)));
        }
        fields.clear();
    }
}
