package dev.firstboot.bake.rootfs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the stanzas of apt-cache(8), in deb822(5), the source package of each package. */
final class StanzaReader {
    /** deb-src-control(5): the version is present only if it differs from the package's own. */
    private static final Pattern SOURCE = Pattern.compile("(\\S+)(?: \\((\\S+)\\))?");

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

    private final Map<String, SourcePackage> bySpec = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();

    /** Reads the next line. */
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

    /** Returns the source package of each of these, all of which must have been read. */
    List<SourcePackage> sourcesOf(PackageVersions versions) {
        end();
        return versions.specs().stream().map(this::sourceOf).toList();
    }

    /** Returns the archive file size in bytes of each of these that have been read, by package. */
    SortedMap<String, Long> sizesOf(PackageVersions versions) {
        end();
        SortedMap<String, Long> found = new TreeMap<>();
        versions.byName().forEach((name, version) -> {
            Long size = sizes.get(name + "=" + version);
            if (size != null) {
                found.put(name, size);
            }
        });
        return found;
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
        String size = fields.getOrDefault("Size", "");
        if (!name.isEmpty() && SIZE.matcher(size).matches()) {
            sizes.put(name + "=" + version, Long.valueOf(size));
        }
        fields.clear();
    }
}
