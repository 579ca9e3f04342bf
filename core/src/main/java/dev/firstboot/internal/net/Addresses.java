package dev.firstboot.internal.net;

import java.net.URI;
import java.util.List;

/** Refuses addresses that tools would stumble over much later, with words that are about something else. */
public final class Addresses {
    private static final List<String> WEB = List.of("http", "https");

    private Addresses() {}

    /**
     * An archive of Debian packages.
     *
     * @param what how the caller names it
     * @return {@code archive}
     * @throws IllegalArgumentException unless it has http or https and a host, or file; or if it holds a password
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
     * An HTTP proxy.
     *
     * @return {@code proxy}
     * @throws IllegalArgumentException unless it has http or https, and a host
     */
    public static URI proxy(URI proxy) {
        if (!isWeb(proxy)) {
            // Not shown: it may hold a password.
            throw new IllegalArgumentException(
                    "that is not the address of an HTTP proxy: use http:// and a host, such as http://proxy.example.com:3128");
        }
        return proxy;
    }

    private static boolean isWeb(URI address) {
        return WEB.contains(String.valueOf(address.getScheme())) && address.getHost() != null;
    }
}
