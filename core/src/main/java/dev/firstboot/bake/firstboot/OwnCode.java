package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.scan.SecretScanner;
import dev.firstboot.bake.tree.Accounts;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Resources;
import java.security.MessageDigest;
import java.util.List;

/**
 * A digest of the code that lays images out and looks for secrets, and of the files it ships. Results of other code are not used again; nobody
 * has to remember to count a version up.
 */
final class OwnCode {
    private static final List<String> LAYOUT = List.of(
            "BaseSystem",
            "DiskSystem",
            "EngineFiles",
            "FirstBoot",
            "InstallSection",
            "Layout",
            "ProbeScript",
            "RecipeFiles",
            "RecipeUnits",
            "Scrub",
            "StepUnit",
            "TemplateFile",
            "UnitFiles",
            "UnitStates");
    private static final List<String> SCAN = List.of(
            "ClusterFinder", "ContentRules", "DpkgSums", "Kind", "Needle", "PathRules", "PrivateKeys", "SecretScanner");
    private static final List<String> TREE =
            List.of("Accounts", "MergedTree", "Overlay", "TarHeader", "TarReader", "Tree");

    private OwnCode() {}

    static Digest digest() {
        MessageDigest sha256 = Digest.newSha256();
        add(sha256, OwnCode.class, EngineFiles.resources());
        add(sha256, OwnCode.class, BaseSystem.resources());
        add(sha256, OwnCode.class, DiskSystem.resources());
        add(sha256, OwnCode.class, classes(LAYOUT));
        add(sha256, SecretScanner.class, classes(SCAN));
        add(sha256, Accounts.class, classes(TREE));
        return Digest.of(sha256.digest());
    }

    private static List<String> classes(List<String> names) {
        return names.stream().map(name -> name + ".class").toList();
    }

    private static void add(MessageDigest sha256, Class<?> anchor, List<String> resources) {
        resources.forEach(name -> sha256.update(Resources.bytes(anchor, name)));
    }
}
