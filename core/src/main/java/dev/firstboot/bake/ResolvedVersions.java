package dev.firstboot.bake;

import dev.firstboot.advisory.InstalledPackage;
import dev.firstboot.artifact.PackageSet;
import dev.firstboot.bake.cache.Entry;
import dev.firstboot.bake.rootfs.DebianArchive;
import dev.firstboot.bake.rootfs.PackageVersions;
import dev.firstboot.image.Image;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of the step resolve.
 *
 * @param at when the versions were queried
 * @param packages the version of each package, including those needed to boot
 */
record ResolvedVersions(Instant at, PackageVersions packages) {
    /**
     * Reads a result of the step.
     *
     * @throws IOException also if it is damaged
     */
    static ResolvedVersions read(Entry entry) throws IOException {
        try {
            PackageVersions packages = PackageVersions.read(entry.file(Steps.PACKAGES_LOCK));
            if (entry.outputs().containsKey(Steps.SYSTEM_LOCK)) {
                packages = packages.with(PackageVersions.read(entry.file(Steps.SYSTEM_LOCK)));
            }
            String at = Files.readString(entry.file(Steps.RESOLVED_AT)).strip();
            return new ResolvedVersions(Instant.parse(at), packages);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("damaged: " + entry.directory(), e);
        }
    }

    /** Returns the packages in the form of a manifest. */
    PackageSet toSet(Image image, Entry entry) throws IOException {
        List<InstalledPackage> installed = new ArrayList<>();
        Path sources = entry.file(Steps.SOURCE_PACKAGES);
        for (String line : Files.readAllLines(sources)) {
            String[] words = line.split(" ", -1);
            if (words.length != 3) {
                throw new IOException("'" + line + "' is not package, source and version in " + sources);
            }
            installed.add(
                    new InstalledPackage(words[0], packages.version(words[0]).orElse(""), words[1], words[2]));
        }
        return new PackageSet(
                at,
                DebianArchive.suites(Works.packages(image)),
                Files.readAllLines(entry.file(Steps.SOURCES_LOCK)),
                installed);
    }
}
