package dev.firstboot.image;

import java.util.List;

/**
 * What a recipe asks of a service that other recipes of the image may ask, too: a database, a web site, a certificate. A recipe takes it with
 * {@link Recipe.Builder#need(Need)}; {@link Image.Builder#build()} collects all needs and has each {@link SharedService} answer those of its kind with one recipe.
 *
 * <p>An implementation is an immutable value; a record is best. Needs of one service have one type, often a sealed interface.
 *
 * @param <N> the type of all needs that the service answers
 */
public interface Need<N extends Need<N>> {
    /** Returns the service that answers. Needs are answered together when their services are equal. */
    SharedService<N> service();

    /** Returns the secrets that come with it, such as a database's password. They become secrets of the recipe that asks; none by default. */
    default List<Secret> secrets() {
        return List.of();
    }
}
