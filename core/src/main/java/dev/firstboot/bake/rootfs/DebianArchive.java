package dev.firstboot.bake.rootfs;

import dev.firstboot.plan.PackageChoice;
import java.util.ArrayList;
import java.util.List;

/**
 * The archives of Debian's own packages.
 *
 * @param main the archive with releases and their updates
 * @param security the archive with security updates
 */
public record DebianArchive(String main, String security) {
    /** The keys that sign Debian's archives, at the same path on the host and in every chroot. */
    public static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /** Returns the lines of a sources.list(5) for {@code choice}, all signed by Debian's own keys; ZFS is in contrib. */
    public List<String> sources(PackageChoice choice) {
        String suite = choice.release().suite();
        List<String> lines = new ArrayList<>(
                List.of(line(main, suite), line(main, suite + "-updates"), line(security, suite + "-security")));
        if (!choice.backports().isEmpty()) {
            lines.add(line(main, choice.release().backports()));
        }
        return List.copyOf(lines);
    }

    /** Returns the Debian suites that {@code choice} takes packages from, the release itself first. */
    public static List<String> suites(PackageChoice choice) {
        String suite = choice.release().suite();
        List<String> suites = new ArrayList<>(List.of(suite, suite + "-updates", suite + "-security"));
        if (!choice.backports().isEmpty()) {
            suites.add(choice.release().backports());
        }
        return List.copyOf(suites);
    }

    private static String line(String uri, String suite) {
        return "deb [signed-by=" + KEYRING + "] " + uri + " " + suite + " main contrib";
    }
}
