package dev.firstboot.artifact;

import dev.firstboot.advisory.InstalledPackage;
import java.time.Instant;
import java.util.List;

/**
 * Which packages an image is made of, and whence.
 *
 * @param resolvedAt when their versions were asked for
 * @param suites the suites of Debian they come from, the release first
 * @param sources where they come from: the lines of an apt sources.list
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
