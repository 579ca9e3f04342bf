package dev.firstboot.workload.nginx;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Request;
import dev.firstboot.image.SharedService;
import java.util.List;
import java.util.stream.Stream;

/**
 * One NGINX for all web sites of a machine, with TLS on port 443 and only a redirect on 80. Requests for an unknown host name get 421 (Misdirected
 * Request). Thread-safe.
 */
public final class Nginx implements SharedService<Site> {
    /** The service of all needs. */
    static final Nginx SERVICE = new Nginx();

    private Nginx() {}

    /**
     * Returns a need for a public site with one or more names. By default its certificate covers all of them.
     *
     * @throws IllegalArgumentException if a name is not a fully qualified DNS name, or there is none
     */
    public static Site site(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("a site needs a name, such as notes.example.com");
        }
        return Site.open(
                Stream.of(names).map(name -> DomainName.of(name).value()).toList());
    }

    /**
     * Returns a need for a site that only the machine itself can reach, over plain HTTP on a loopback port. Requests for another name get 421, which
     * also stops DNS rebinding.
     *
     * @param port 1 to 65535, used by no other site
     * @param names its host names, such as {@code localhost}
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
