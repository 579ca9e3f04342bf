package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A file fetched at bake time. It is put into the image only if its bytes have the given digest.
 *
 * @param uri where to fetch it
 * @param digest the digest its bytes must have
 * @param path its path in the image
 * @param mode permission bits
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Download(URI uri, Digest digest, UnixPath path, FileMode mode) {
    public Download {
        Objects.requireNonNull(uri, "uri");
        if (!List.of("http", "https", "file").contains(String.valueOf(uri.getScheme())) || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("download '" + (uri.getScheme() == null ? "" : uri.getScheme() + ":")
                    + "…' for " + path + " must be an http, https or file URI without a password");
        }
        if (!"file".equals(uri.getScheme()) && uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("download '" + uri + "' for " + path + " names no host");
        }
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mode, "mode");
    }

    /** Returns a download pinned by its SHA-256, with mode 0644. */
    public static Download of(String uri, String sha256, String path) {
        Objects.requireNonNull(uri, "uri");
        return new Download(Names.uri("download", uri), Digest.sha256(sha256), UnixPath.of(path), FileMode.of(0644));
    }

    public Download mode(int bits) {
        return new Download(uri, digest, path, FileMode.of(bits));
    }
}
