package dev.firstboot.bake.rootfs;

import dev.firstboot.image.Digest;
import dev.firstboot.image.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Tells one version of a step's code and scripts from another. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Of a version number, to be counted up when the code changes what it makes, and the scripts beside {@code anchor}. */
    public static String of(int version, Class<?> anchor, String... scripts) {
        return version
                + Arrays.stream(scripts)
                        .map(script -> " " + script + " " + digest(Resources.text(anchor, script)))
                        .collect(Collectors.joining());
    }

    /** Of {@code start}'s code and all that it reaches in these packages and those below them; nobody has to count a version up. */
    public static String ofCode(Class<?> start, Package... packages) {
        return "code "
                + new CodeDigest(Arrays.stream(packages).map(Package::getName).toList()).of(start);
    }

    private static Digest digest(String text) {
        return Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
