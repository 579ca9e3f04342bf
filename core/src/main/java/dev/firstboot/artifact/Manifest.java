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
 * What went into an artifact. It is a file next to it, named after the artifact with {@code .manifest.json} appended. Manifests of earlier versions
 * can be read; what they lack is empty. Immutable.
 */
public final class Manifest {
    private final ManifestForm form;

    private Manifest(ManifestForm form) {
        this.form = form;
    }

    /** Returns a manifest of the current version. */
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

    /** Returns the path of the manifest of {@code artifact}. */
    public static Path pathFor(Path artifact) {
        return artifact.resolveSibling(artifact.getFileName() + ".manifest.json");
    }

    /**
     * Reads the manifest next to {@code artifact}.
     *
     * @throws UncheckedIOException if there is none
     * @throws dev.firstboot.FirstbootException if it is not a manifest, or was written by a later version
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
     * @throws dev.firstboot.FirstbootException if it is not a manifest, or was written by a later version
     */
    public static Manifest fromJson(String json) {
        return new Manifest(ManifestForm.read(json));
    }

    /** Returns the version of the manifest's format; currently 2. Version 1 has no {@link #resolvedAt()} and no {@link #installed()}. */
    public int schemaVersion() {
        return form.schemaVersion();
    }

    /** Returns the image's name. */
    public String image() {
        return form.image();
    }

    /** Returns the digest of the image's own JSON. */
    public Digest definition() {
        return form.definition();
    }

    /** Returns the digest of the plan. */
    public Digest plan() {
        return form.plan();
    }

    /** Returns when the package versions were queried; empty in a manifest of version 1. */
    public Optional<Instant> resolvedAt() {
        return Optional.ofNullable(form.resolvedAt());
    }

    /** Returns the Debian suites that packages come from, such as {@code trixie-security}; the release itself is first. */
    public List<String> suites() {
        return form.suites();
    }

    /** Returns the package sources: the lines of an apt sources.list. */
    public List<String> sources() {
        return form.sources();
    }

    /** Returns every installed package with its version, sorted by name. */
    public Map<String, String> packages() {
        return form.packages();
    }

    /** Returns every installed package with its source package, sorted by name; empty in a manifest of version 1. */
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
     * Returns the known vulnerabilities that are open in the image, the most urgent first and the unimportant last: see {@link SecurityTracker#open}.
     *
     * @throws dev.firstboot.advisory.AdvisoryException if they cannot be determined, as for a manifest of version 1
     */
    public List<Advisory> advisories(SecurityTracker tracker) {
        return tracker.open(suites(), installed());
    }

    /**
     * Returns the same, from the JSON of Debian's security tracker at this address.
     *
     * @param tracker an https or file address
     * @throws IllegalArgumentException if it has another scheme
     * @throws dev.firstboot.advisory.AdvisoryException if they cannot be determined, as for a manifest of version 1
     */
    public List<Advisory> advisories(URI tracker) {
        return advisories(SecurityTracker.at(tracker));
    }

    /**
     * Returns the same, from a copy of the JSON of Debian's security tracker.
     *
     * @throws dev.firstboot.advisory.AdvisoryException if they cannot be determined, as for a manifest of version 1
     */
    public List<Advisory> advisories(Path tracker) {
        return advisories(SecurityTracker.at(tracker));
    }

    /** Returns the digest of each file that each step made, keyed by {@code step/file}. */
    public Map<String, Digest> steps() {
        return form.steps();
    }

    /** Returns the paths that recipes allow although no package ships them and no rule explains them. */
    public List<String> allowed() {
        return form.allowed();
    }

    /** Returns the ports that machines open to the outside once they are ready, such as {@code 5222/tcp}. */
    public List<String> ports() {
        return form.ports();
    }

    /** Returns the TCP ports among {@link #ports()}. */
    public List<Integer> tcpPorts() {
        return ports().stream()
                .filter(port -> port.endsWith("/tcp"))
                .map(port -> Integer.valueOf(port.substring(0, port.indexOf('/'))))
                .toList();
    }

    /** Returns the manifest as indented JSON. */
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
