package dev.firstboot.artifact;

import dev.firstboot.FirstbootException;
import dev.firstboot.advisory.Advisory;
import dev.firstboot.advisory.InstalledPackage;
import dev.firstboot.advisory.SecurityTracker;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import dev.firstboot.image.Port;
import dev.firstboot.image.UnixPath;
import dev.firstboot.internal.json.Json;
import dev.firstboot.internal.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What went into an artifact. It is a file beside it, named as the artifact with {@code .manifest.json} added. Those of earlier versions can be
 * read; what they do not tell is empty. Immutable.
 */
public final class Manifest {
    private final ManifestForm form;

    private Manifest(ManifestForm form) {
        this.form = form;
    }

    /** A manifest of this version. */
    public static Manifest of(Image image, Digest plan, PackageSet packages, Map<String, Digest> steps) {
        Map<String, String> versions = new TreeMap<>();
        Map<String, String> sources = new TreeMap<>();
        packages.installed().forEach(one -> {
            versions.put(one.name(), one.version());
            sources.put(one.name(), one.source() + "=" + one.sourceVersion());
        });
        return new Manifest(new ManifestForm(
                ManifestForm.SCHEMA_VERSION,
                image.name(),
                Digest.ofBytes(image.toJson().getBytes(StandardCharsets.UTF_8)),
                plan,
                packages.resolvedAt(),
                packages.suites(),
                packages.sources(),
                versions,
                sources,
                steps,
                image.recipes().stream()
                        .flatMap(recipe -> recipe.allowed().stream())
                        .map(UnixPath::value)
                        .toList(),
                image.recipes().stream()
                        .flatMap(recipe -> recipe.ports().stream())
                        .filter(port -> port.exposure() == Port.Exposure.OPEN)
                        .map(Port::toString)
                        .toList()));
    }

    /** Where the manifest of {@code artifact} is. */
    public static Path pathFor(Path artifact) {
        return artifact.resolveSibling(artifact.getFileName() + ".manifest.json");
    }

    /**
     * Reads the manifest beside {@code artifact}.
     *
     * @throws UncheckedIOException if there is none
     * @throws dev.firstboot.FirstbootException if it is no manifest, or one that a later version wrote
     */
    public static Manifest readFor(Path artifact) {
        try {
            return fromJson(Files.readString(pathFor(artifact)));
        } catch (JsonException e) {
            throw new FirstbootException(pathFor(artifact) + " is not a manifest: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(
                    "there is no " + pathFor(artifact)
                            + ", which a bake puts beside what it delivers: keep the two together",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pathFor(artifact), e);
        }
    }

    /**
     * Reads what {@link #toJson()} wrote, in this version or an earlier one.
     *
     * @throws dev.firstboot.FirstbootException if it is no manifest, or one that a later version wrote
     */
    public static Manifest fromJson(String json) {
        return new Manifest(ManifestForm.read(json));
    }

    /** The version of the manifest's form: 2. Those of version 1 tell no {@link #resolvedAt()} and no {@link #installed()}. */
    public int schemaVersion() {
        return form.schemaVersion();
    }

    /** The image's name. */
    public String image() {
        return form.image();
    }

    /** The digest of the image's own JSON. */
    public Digest definition() {
        return form.definition();
    }

    /** The digest of the plan. */
    public Digest plan() {
        return form.plan();
    }

    /** When the archive was asked for the packages' versions; empty in a manifest of version 1. */
    public Optional<Instant> resolvedAt() {
        return Optional.ofNullable(form.resolvedAt());
    }

    /** The suites of Debian that packages come from, such as {@code trixie-security}; the release itself is the first. */
    public List<String> suites() {
        return form.suites();
    }

    /** Where packages came from: the lines of an apt sources.list. */
    public List<String> sources() {
        return form.sources();
    }

    /** Every package installed, and its version, sorted by name. */
    public Map<String, String> packages() {
        return form.packages();
    }

    /** Every package with what it is made from, sorted by name; empty in a manifest of version 1, which does not tell. */
    public List<InstalledPackage> installed() {
        return form.sourcePackages().entrySet().stream()
                .map(entry -> installed(entry.getKey(), entry.getValue()))
                .toList();
    }

    private InstalledPackage installed(String name, String source) {
        int equals = source.indexOf('=');
        return new InstalledPackage(
                name,
                form.packages().getOrDefault(name, ""),
                source.substring(0, equals),
                source.substring(equals + 1));
    }

    /**
     * The known vulnerabilities that are open in the image, the most urgent first and the unimportant last: see {@link SecurityTracker#open}.
     *
     * @throws dev.firstboot.advisory.AdvisoryException if they cannot be told, also of a manifest of version 1
     */
    public List<Advisory> advisories(SecurityTracker tracker) {
        return tracker.open(suites(), installed());
    }

    /**
     * The same, from the JSON of Debian's security tracker at this address.
     *
     * @param tracker with https or file
     * @throws IllegalArgumentException if it has another scheme
     * @throws dev.firstboot.advisory.AdvisoryException if they cannot be told, also of a manifest of version 1
     */
    public List<Advisory> advisories(URI tracker) {
        return advisories(SecurityTracker.at(tracker));
    }

    /**
     * The same, from a copy of the JSON of Debian's security tracker.
     *
     * @throws dev.firstboot.advisory.AdvisoryException if they cannot be told, also of a manifest of version 1
     */
    public List<Advisory> advisories(Path tracker) {
        return advisories(SecurityTracker.at(tracker));
    }

    /** The digest of each file that each step made, by {@code step/file}. */
    public Map<String, Digest> steps() {
        return form.steps();
    }

    /** What recipes let the image have though no package ships it and no rule explains it. */
    public List<String> allowed() {
        return form.allowed();
    }

    /** The ports that machines open to the world once they are ready, such as {@code 5222/tcp}. */
    public List<String> ports() {
        return form.ports();
    }

    /** The TCP ports among {@link #ports()}. */
    public List<Integer> tcpPorts() {
        return ports().stream()
                .filter(port -> port.endsWith("/tcp"))
                .map(port -> Integer.valueOf(port.substring(0, port.indexOf('/'))))
                .toList();
    }

    /** The manifest as JSON, indented. */
    public String toJson() {
        return Json.write(form);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest that && form.equals(that.form);
    }

    @Override
    public int hashCode() {
        return form.hashCode();
    }

    @Override
    public String toString() {
        return "Manifest[" + image() + ": " + packages().size() + " packages"
                + resolvedAt().map(date -> " of " + date).orElse("") + ", plan " + plan().abbreviated() + "]";
    }
}
