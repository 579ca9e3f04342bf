package dev.firstboot.bake;

import dev.firstboot.advisory.DebianVersion;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.bake.rootfs.PackageVersions;
import dev.firstboot.bake.step.PinnedVersions;
import dev.firstboot.image.PackageName;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** Which earlier package versions a bake may use. Its text completes "versions are …". */
sealed interface VersionRule {
    /**
     * Returns whether these versions may be used.
     *
     * @param begin when the bake began
     * @param now the current time
     */
    boolean allows(ResolvedVersions versions, Instant begin, Instant now);

    /** Versions queried within this time. A date in the future comes from a wrong clock and proves nothing. */
    record AtMost(Duration age) implements VersionRule {
        @Override
        public boolean allows(ResolvedVersions versions, Instant begin, Instant now) {
            return !versions.at().isAfter(now)
                    && Duration.between(versions.at(), now).compareTo(age) <= 0;
        }

        @Override
        public String toString() {
            return "at most " + text(age) + " old";
        }

        private static String text(Duration age) {
            Duration day = Duration.ofDays(1);
            return age.equals(day)
                    ? "one day"
                    : age.toDays() > 0 && Duration.ofDays(age.toDays()).equals(age)
                            ? age.toDays() + " days"
                            : age.toString().substring(2);
        }
    }

    /** Any versions, however old. */
    record AnyAge() implements VersionRule {
        @Override
        public boolean allows(ResolvedVersions versions, Instant begin, Instant now) {
            return true;
        }

        @Override
        public String toString() {
            return "of any age";
        }
    }

    /** Versions queried since the bake began. */
    record Anew() implements VersionRule {
        @Override
        public boolean allows(ResolvedVersions versions, Instant begin, Instant now) {
            return !versions.at().isBefore(begin);
        }

        @Override
        public String toString() {
            return "asked for anew";
        }
    }

    /** The versions of an earlier bake. */
    record Exactly(PinnedVersions versions) implements VersionRule {
        static Exactly of(Manifest manifest) {
            String suite = manifest.suites().stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            manifest + " does not tell which release of Debian its packages are of"));
            // They are passed to apt: only names and versions may be.
            manifest.packages().forEach((name, version) -> {
                PackageName.of(name);
                DebianVersion.of(version);
            });
            return new Exactly(
                    new PinnedVersions(suite, manifest.resolvedAt().orElse(null), new TreeMap<>(manifest.packages())));
        }

        @Override
        public boolean allows(ResolvedVersions found, Instant begin, Instant now) {
            return found.packages()
                    .notIn(new PackageVersions(versions.byName()))
                    .isEmpty();
        }

        @Override
        public String toString() {
            return versions.toString();
        }
    }
}
