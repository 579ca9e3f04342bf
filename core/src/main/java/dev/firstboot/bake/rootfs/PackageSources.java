package dev.firstboot.bake.rootfs;

import dev.firstboot.image.Digest;
import dev.firstboot.image.PackageSource;
import dev.firstboot.plan.PackageChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All package sources of an image.
 *
 * @param debian the lines for Debian itself
 * @param others the sources that recipes add, by name
 */
public record PackageSources(List<String> debian, Map<String, PackageSource> others) {
    public PackageSources {
        debian = List.copyOf(debian);
    }

    /** Returns Debian from {@code archive}, and the sources that recipes add. */
    public static PackageSources of(PackageChoice choice, DebianArchive archive) {
        return new PackageSources(archive.sources(choice), byName(choice.sources()));
    }

    /** Reads what {@link #toText()} wrote, for the same sources of recipes. */
    public static PackageSources read(Path file, List<PackageSource> others) throws IOException {
        List<String> debian = Files.readAllLines(file).stream()
                .filter(line -> line.contains("[signed-by=" + DebianArchive.KEYRING + "]"))
                .toList();
        return new PackageSources(debian, byName(others));
    }

    /** Returns lines of a sources.list(5), with the digest of each key in a comment. */
    public String toText() {
        List<String> lines = new ArrayList<>(debian);
        others.values().forEach(source -> {
            lines.add("# " + source.name() + ", signed by key "
                    + Digest.ofBytes(source.key().getBytes(StandardCharsets.UTF_8)));
            lines.add("deb " + source.uri() + " " + source.suite() + " " + String.join(" ", source.components()));
        });
        return String.join("\n", lines) + "\n";
    }

    /** Writes each of the others into {@code directory} as a file for {@code sources.list.d}, with its key inside. */
    public List<Path> writeOthers(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (PackageSource source : others.values()) {
            files.add(Files.writeString(directory.resolve(source.name() + ".sources"), stanza(source)));
        }
        return files;
    }

    static String stanza(PackageSource source) {
        String key = source.key()
                .strip()
                .lines()
                .map(line -> line.isBlank() ? " ." : " " + line)
                .collect(Collectors.joining("\n"));
        return "Types: deb\nURIs: " + source.uri() + "\nSuites: " + source.suite() + "\n"
                + (source.components().isEmpty() ? "" : "Components: " + String.join(" ", source.components()) + "\n")
                + "Signed-By:\n" + key + "\n";
    }

    private static Map<String, PackageSource> byName(List<PackageSource> sources) {
        Map<String, PackageSource> byName = new LinkedHashMap<>();
        sources.forEach(source -> byName.put(source.name(), source));
        return byName;
    }
}
