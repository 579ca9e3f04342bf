/**
 * Where packages run their code during a bake. What matters most here: that code is root of its own namespaces and of nothing else. Entry point:
 * {@link dev.firstboot.bake.sandbox.Sandbox}.
 */
@NullMarked
package dev.firstboot.bake.sandbox;

import org.jspecify.annotations.NullMarked;
