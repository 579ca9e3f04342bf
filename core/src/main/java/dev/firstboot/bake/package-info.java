/**
 * Runs plans: of image, plan and bake, only this package has side effects. Entry point: {@link dev.firstboot.bake.Bakery}.
 *
 * <p>What matters most here: a bake that fails, is cancelled or is killed leaves its target as it was. The result of a step is cached by digest and
 * not made again. Steps that do not read from each other run in parallel.
 */
@NullMarked
package dev.firstboot.bake;

import org.jspecify.annotations.NullMarked;
