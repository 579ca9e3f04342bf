/**
 * The contract of a step of a bake: its input, its progress reports, its failures. Every runner depends on this package. What matters most here:
 * everything that affects a result is declared. Not exported.
 */
@NullMarked
package dev.firstboot.bake.step;

import org.jspecify.annotations.NullMarked;
