package dev.firstboot.image;

import java.util.List;

/**
 * A service that several recipes of one image share: it turns all that they need of it into one recipe. {@code Postgresql}, {@code Nginx} and {@code Tls} of the
 * module {@code workloads} are such services; users can write their own. It needs no registration: a {@link Need} names it.
 *
 * <p>An implementation must give equal recipes for equal requests, however often it is asked, and does no I/O beyond reading its own class path. It is asked again when
 * more needs turn up, because its own recipe or that of another service has needs.
 *
 * @param <N> the type of the needs it answers
 */
public interface SharedService<N extends Need<N>> {
    /**
     * Returns the recipe that answers the requests. What does not fit together, such as a name that two recipes claim, goes into
     * {@link Recipe.Builder#addProblem(String)}, so that {@link Image.Builder#build()} reports every problem at once.
     *
     * @param requests all needs of the image, at least one, in the order of their recipes
     */
    Recipe recipe(Release release, List<Request<N>> requests);
}
