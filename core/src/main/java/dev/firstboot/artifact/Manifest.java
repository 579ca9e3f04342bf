package dev.firstboot.artifact;

import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import dev.firstboot.image.Port;
import dev.firstboot.image.UnixPath;
import dev.firstboot.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went into an artifact. It is a file beside it, named as the artifact with {@code .manifest.json} added.
 *
 * @param schemaVersion the version of this form: 1
 * @param image the image's name
 * @param definition the digest of the image's own JSON
 * @param plan the digest of the plan
 * @param sources where packages came from: the lines of an apt sources.list
 * @param packages every package installed, and its version
 * @param steps the digest of each file that each step made, by {@code step/file}
 * @param allowed what recipes let the image have though no package ships it and no rule explains it
 * @param ports the ports that machines open to the world once they are ready, such as {@code 5222/tcp}
 */
public record Manifest(
        int schemaVersion,
        String image,
        Digest definition,
        Digest plan,
        List<String> sources,
        Map<String, String> packages,
        Map<String, Digest> steps,
        List<String> allowed,
        List<String> ports) {
    private static final int SCHEMA_VERSION = 1;

    public Manifest {
        sources = List.copyOf(sources);
        packages = Collections.unmodifiableMap(new TreeMap<>(packages));
        steps = Collections.unmodifiableMap(new TreeMap<>(steps));
        allowed = List.copyOf(allowed);
        ports = List.copyOf(ports);
    }

    /** A manifest of this version. */
    public static Manifest of(
            Image image, Digest plan, List<String> sources, Map<String, String> packages, Map<String, Digest> steps) {
        return new Manifest(
                SCHEMA_VERSION,
                image.name(),
                Digest.ofBytes(image.toJson().getBytes(StandardCharsets.UTF_8)),
                plan,
                sources,
                packages,
                steps,
                image.recipes().stream()
                        .flatMap(recipe -> recipe.allowed().stream())
                        .map(UnixPath::value)
                        .toList(),
                image.recipes().stream()
                        .flatMap(recipe -> recipe.ports().stream())
                        .filter(port -> port.exposure() == Port.Exposure.OPEN)
                        .map(Port::toString)
                        .toList());
    }

    /** Where the manifest of {@code artifact} is. */
    public static Path pathFor(Path artifact) {
        return artifact.resolveSibling(artifact.getFileName() + ".manifest.json");
    }

    /** Reads the manifest beside {@code artifact}. */
    public static Manifest readFor(Path artifact) {
        try {
            return Json.read(Files.readString(pathFor(artifact)), Manifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + artifact, e);
        }
    }

    /** The TCP ports among {@link #ports()}. */
    public List<Integer> tcpPorts() {
        return ports.stream()
                .filter(port -> port.endsWith("/tcp"))
                .map(port -> Integer.valueOf(port.substring(0, port.indexOf('/'))))
                .toList();
    }

    /** The manifest as JSON, indented. */
    public String toJson() {
        return Json.write(this);
    }

    @Override
    public String toString() {
        return "Manifest[" + image + ": " + packages.size() + " packages, plan " + plan.abbreviated() + "]";
    }
}
