package dev.firstboot.workload.nginx;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Request;
import dev.firstboot.image.SharedService;
import java.util.List;
import java.util.stream.Stream;

/**
 * One NGINX for all web sites of a machine, with TLS on port 443 and nothing but a redirect on 80. Answers a request for any other host name with
 * 421 (Misdirected Request). Thread-safe.
 */
public final class Nginx implements SharedService<Site> {
    /** The one answer to all needs. */
    static final Nginx SERVICE = new Nginx();

    private Nginx() {}

    /**
     * Needs a site for the world, under one name or several. Its certificate covers all of them, unless it says otherwise.
     *
     * @throws IllegalArgumentException if one is not a fully qualified DNS name, or there is none
     */
    public static Site site(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("a site needs a name, such as notes.example.com");
        }
        return Site.open(
                Stream.of(names).map(name -> DomainName.of(name).value()).toList());
    }

    /**
     * Needs a site for the machine itself only, over plain HTTP on a port of loopback. Answers a request for another name with 421, which also stops DNS rebinding.
     *
     * @param port 1 to 65535, of no other site
     * @param names what it is asked for as, such as {@code localhost}
     */
    public static Site loopback(int port, String... names) {
        return Site.loopback(port, List.of(names));
    }

    @Override
    public Recipe recipe(Release release, List<Request<Site>> requests) {
        return new NginxRecipe(release, requests).recipe();
    }

    @Override
    public String toString() {
        return NginxRecipe.NAME;
    }
}
