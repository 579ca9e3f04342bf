package dev.firstboot.artifact;

import dev.firstboot.image.Digest;
import dev.firstboot.internal.json.Json;
import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON form of a manifest. Files of earlier versions lack fields; each then gets the value closest to "unknown". */
record ManifestForm(
        int schemaVersion,
        String image,
        Digest definition,
        Digest plan,
        @Nullable Instant resolvedAt,
        List<String> suites,
        List<String> sources,
        Map<String, String> packages,
        Map<String, String> sourcePackages,
        Map<String, Digest> steps,
        List<String> allowed,
        List<String> ports) {
    static final int SCHEMA_VERSION = 2;
    private static final Pattern DEBIAN =
            Pattern.compile("deb \\[signed-by=\\S*/debian-archive-keyring\\.gpg] \\S+ (\\S+) .*");

    ManifestForm {
        Objects.requireNonNull(image, "a manifest has the field 'image'");
        Objects.requireNonNull(definition, "a manifest has the field 'definition'");
        Objects.requireNonNull(plan, "a manifest has the field 'plan'");
        if (!isKnown(schemaVersion)) {
            throw new IllegalArgumentException(unknown(schemaVersion));
        }
        sources = list(sources);
        suites = suites == null ? suitesOf(sources) : List.copyOf(suites);
        packages = sorted(packages);
        sourcePackages = sorted(sourcePackages);
        sourcePackages.values().forEach(source -> {
            if (source.indexOf('=') < 1) {
                throw new IllegalArgumentException("'" + source + "' in 'sourcePackages' is not source=version");
            }
        });
        steps = sorted(steps);
        allowed = list(allowed);
        ports = list(ports);
    }

    /**
     * Reads a manifest of any version.
     *
     * @throws JsonException if it is not a manifest, or was written by a later version
     */
    static ManifestForm read(String json) {
        try {
            return Json.readPartly(json, ManifestForm.class);
        } catch (JsonException e) {
            int version = JsonObject.find(json, "schemaVersion").orElse(SCHEMA_VERSION);
            throw isKnown(version) ? e : new JsonException(unknown(version), e);
        }
    }

    private static boolean isKnown(int version) {
        return version >= 1 && version <= SCHEMA_VERSION;
    }

    private static String unknown(int version) {
        return "the manifest is of version " + version + ", and this Firstboot knows versions 1 to " + SCHEMA_VERSION
                + ": use a newer one";
    }

    private static List<String> list(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static <V> Map<String, V> sorted(@Nullable Map<String, V> map) {
        return Collections.unmodifiableMap(map == null ? new TreeMap<>() : new TreeMap<>(map));
    }

    private static List<String> suitesOf(List<String> sources) {
        return sources.stream()
                .map(DEBIAN::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }
}
