package dev.firstboot.image;

import java.util.List;

/**
 * What a recipe needs from a service that other recipes of the image may share: a database, a web site, a certificate. A recipe adds it with
 * {@link Recipe.Builder#need(Need)}. {@link Image.Builder#build()} collects all needs, and each {@link SharedService} answers its own with one
 * recipe.
 *
 * <p>An implementation is an immutable value, best a record. All needs of one service have one type, often a sealed interface.
 *
 * @param <N> the common type of all needs that the service answers
 */
public interface Need<N extends Need<N>> {
    /** Returns the service that answers this need. Needs with equal services are answered together. */
    SharedService<N> service();

    /** Returns the secrets that come with the need, such as a database password. They become secrets of the recipe that asks; none by default. */
    default List<Secret> secrets() {
        return List.of();
    }
}
