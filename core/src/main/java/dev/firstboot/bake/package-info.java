/**
 * Carries out plans: the only place with side effects. Entry point: {@link dev.firstboot.bake.Bakery}.
 *
 * <p>Steps that do not read from each other run side by side. What a step made is kept by digest and not made again. A bake that fails, is
 * cancelled or is killed leaves its target as it was.
 */
@NullMarked
package dev.firstboot.bake;

import org.jspecify.annotations.NullMarked;
