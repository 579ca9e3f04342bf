package dev.firstboot.artifact;

import dev.firstboot.advisory.InstalledPackage;
import java.time.Instant;
import java.util.List;

/**
 * The packages of an image and their origin.
 *
 * @param resolvedAt when their versions were queried
 * @param suites the Debian suites they come from, the release first
 * @param sources the package sources: the lines of an apt sources.list
 * @param installed each package
 */
public record PackageSet(
        Instant resolvedAt, List<String> suites, List<String> sources, List<InstalledPackage> installed) {
    public PackageSet {
        suites = List.copyOf(suites);
        sources = List.copyOf(sources);
        installed = List.copyOf(installed);
    }
}
