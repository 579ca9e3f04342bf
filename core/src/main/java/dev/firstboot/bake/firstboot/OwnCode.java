package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.rootfs.Fingerprint;
import dev.firstboot.bake.scan.SecretScanner;
import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * A digest of the code that lays images out and looks for secrets, and of the files it ships. Results of other code are not used again; nobody
 * has to remember to count a version up.
 */
final class OwnCode {
    private OwnCode() {}

    static Digest digest() {
        MessageDigest sha256 = Digest.newSha256();
        Stream.of(EngineFiles.resources(), Identities.resources(), BaseSystem.resources(), DiskSystem.resources())
                .flatMap(List::stream)
                .forEach(name -> sha256.update(Resources.bytes(OwnCode.class, name)));
        String code = Fingerprint.ofCode(
                ConfigureStep.class,
                ConfigureStep.class.getPackage(),
                SecretScanner.class.getPackage(),
                MergedTree.class.getPackage());
        sha256.update(code.getBytes(StandardCharsets.UTF_8));
        return Digest.of(sha256.digest());
    }
}
