package dev.firstboot.image;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An apt repository besides Debian's own (sources.list(5)), verified with the key pinned here.
 *
 * @param name the name of its files in {@code /etc/apt}
 * @param uri its address
 * @param suite the suite, or a path ending in {@code /} for a flat repository
 * @param components such as {@code main}; empty for a flat repository
 * @param key the ASCII-armored public OpenPGP key that signs it; no other key is trusted for this source
 */
public record PackageSource(String name, URI uri, String suite, List<String> components, String key) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._/+~-]+");

    public PackageSource {
        Names.label("package source", Objects.requireNonNull(name, "name"));
        Objects.requireNonNull(uri, "uri");
        if ("file".equals(uri.getScheme())) {
            throw new IllegalArgumentException("package source " + name + ": apt would look for '" + uri
                    + "' inside the new system, where it is not; say copy:" + uri.getPath()
                    + ", and apt copies the packages from there");
        }
        if (!List.of("http", "https", "copy").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "package source " + name + ": '" + uri + "' is not an http, https or copy URI");
        }
        if (uri.getScheme().startsWith("http") && uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("package source " + name + ": '" + uri + "' names no host");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "package source " + name
                            + ": the URI holds a password, which would stay in the image; give apt its credentials on the host instead");
        }
        components = List.copyOf(Objects.requireNonNull(components, "components"));
        Objects.requireNonNull(suite, "suite");
        if (!WORD.matcher(suite).matches()
                || !components.stream().allMatch(c -> WORD.matcher(c).matches())) {
            throw new IllegalArgumentException("package source " + name + ": suite or component is not valid");
        }
        if (suite.endsWith("/") != components.isEmpty()) {
            throw new IllegalArgumentException("package source " + name
                    + ": a suite needs components; a flat repository, whose suite ends in '/', has none");
        }
        if (!Objects.requireNonNull(key, "key").contains("-----BEGIN PGP PUBLIC KEY BLOCK-----")) {
            throw new IllegalArgumentException(
                    "package source " + name + ": the key is not an ASCII-armoured OpenPGP public key");
        }
    }
}
