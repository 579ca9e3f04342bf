package dev.firstboot.advisory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The source packages of one image, and what the tracker's entries mean for them. */
final class ImagePackages {
    private final String release;
    private final List<String> suites;
    private final Map<String, Map<DebianVersion, List<String>>> bySource = new TreeMap<>();

    /** Creates the packages of an image with these Debian suites, the release itself first. */
    ImagePackages(List<String> suites, List<InstalledPackage> installed) {
        this.release = suites.get(0);
        this.suites = suites;
        installed.forEach(one -> bySource.computeIfAbsent(one.source(), source -> new TreeMap<>())
                .computeIfAbsent(DebianVersion.of(one.sourceVersion()), version -> new ArrayList<>())
                .add(one.name()));
    }

    String release() {
        return release;
    }

    /** Returns whether the image has anything built from this source package. */
    boolean have(String source) {
        return bySource.containsKey(source);
    }

    /** Returns what is open in the image from this entry: one advisory per version that it has of the source package. */
    List<Advisory> open(TrackerEntry entry) {
        return bySource.getOrDefault(entry.source(), Map.of()).entrySet().stream()
                .flatMap(one -> open(entry, one.getKey(), one.getValue()).stream())
                .toList();
    }

    private Optional<Advisory> open(TrackerEntry entry, DebianVersion version, List<String> packages) {
        TrackerRelease own = entry.releases().get(release);
        List<TrackerRelease> lineage = lineage(entry, version);
        TrackerRelease main = lineage.isEmpty() ? own : lineage.get(0);
        if (main == null || isFixed(entry, version)) {
            return Optional.empty();
        }
        List<String> fixedIn = own == null ? List.of() : fixedIn(entry, own, version);
        return Optional.of(new Advisory(
                entry.cve(),
                entry.source(),
                packages,
                version,
                firstFixed(own, lineage, fixedIn),
                fixedIn,
                main.urgency(),
                main.noDsaOrNull(),
                entry.description()));
    }

    /**
     * Returns whether a version is fixed. A backport belongs to the line that it was built from, so what is known about the release's own, older line
     * does not apply to it. The release's own data counts only if no later release is known to have reached that version.
     */
    private boolean isFixed(TrackerEntry entry, DebianVersion version) {
        List<TrackerRelease> lineage = lineage(entry, version);
        if (!lineage.isEmpty()) {
            return lineage.stream().anyMatch(later -> later.isFixedIn(version.ported()));
        }
        TrackerRelease own = entry.releases().get(release);
        return own == null || own.isFixedIn(version);
    }

    private List<TrackerRelease> lineage(TrackerEntry entry, DebianVersion version) {
        return version.isBackport() ? entry.laterThatReach(release, version.ported()) : List.of();
    }

    private List<String> fixedIn(TrackerEntry entry, TrackerRelease own, DebianVersion installed) {
        return suites.stream()
                .filter(own.repositories()::containsKey)
                .filter(suite -> isNewerAndFixed(entry, own.repositories().get(suite), installed))
                .toList();
    }

    private boolean isNewerAndFixed(TrackerEntry entry, @Nullable DebianVersion there, DebianVersion installed) {
        return there != null && there.compareTo(installed) > 0 && isFixed(entry, there);
    }

    private static @Nullable DebianVersion firstFixed(
            @Nullable TrackerRelease own, List<TrackerRelease> lineage, List<String> fixedIn) {
        List<TrackerRelease> asked = !lineage.isEmpty() ? lineage : own == null ? List.of() : List.of(own);
        for (TrackerRelease one : asked) {
            if (one.hasFix()) {
                return one.fixedOrNull();
            }
        }
        return own == null || fixedIn.isEmpty() ? null : own.repositories().get(fixedIn.get(0));
    }
}
