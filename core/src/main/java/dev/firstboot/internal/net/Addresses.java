package dev.firstboot.internal.net;

import java.net.URI;
import java.util.List;

/** Refuses addresses on which tools would fail much later, with unrelated messages. */
public final class Addresses {
    private static final List<String> WEB = List.of("http", "https");

    private Addresses() {}

    /**
     * Checks the address of an archive of Debian packages.
     *
     * @param what the caller's name for it
     * @return {@code archive}
     * @throws IllegalArgumentException unless it is an http or https address with a host, or a file address; or if it contains a password
     */
    public static URI archive(String what, URI archive) {
        if (archive.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the URI of " + what + " holds a password, which would stay in the image");
        }
        if (!isWeb(archive) && !"file".equals(archive.getScheme())) {
            throw new IllegalArgumentException(
                    what + " '" + archive
                            + "' is not the address of an archive: use http, https or file, such as https://deb.debian.org/debian");
        }
        return archive;
    }

    /**
     * Checks the address of an HTTP proxy.
     *
     * @return {@code proxy}
     * @throws IllegalArgumentException unless it is an http or https address with a host
     */
    public static URI proxy(URI proxy) {
        if (!isWeb(proxy)) {
            // Not shown: it may contain a password.
            throw new IllegalArgumentException(
                    "that is not the address of an HTTP proxy: use http:// and a host, such as http://proxy.example.com:3128");
        }
        return proxy;
    }

    private static boolean isWeb(URI address) {
        return WEB.contains(String.valueOf(address.getScheme())) && address.getHost() != null;
    }
}
