package dev.firstboot.image;

import java.util.List;

/**
 * A service shared by several recipes of one image: it turns all their needs into one recipe. {@code Postgresql}, {@code Nginx} and {@code Tls} of
 * the module {@code workloads} are such services; users can write their own. It needs no registration: a {@link Need} names it.
 *
 * <p>An implementation must return equal recipes for equal requests, however often it is called, and do no I/O except reading its own class path. It
 * is called again when its own recipe or that of another service adds needs.
 *
 * @param <N> the type of the needs it answers
 */
public interface SharedService<N extends Need<N>> {
    /**
     * Returns the recipe that answers the requests. Report conflicts, such as a name that two recipes claim, with
     * {@link Recipe.Builder#addProblem(String)}, so that {@link Image.Builder#build()} reports every problem at once.
     *
     * @param requests all needs of the image, at least one, in the order of their recipes
     */
    Recipe recipe(Release release, List<Request<N>> requests);
}
