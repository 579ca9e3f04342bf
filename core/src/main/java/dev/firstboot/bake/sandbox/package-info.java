/**
 * Where the code of packages runs while an image is baked: {@link dev.firstboot.bake.sandbox.Sandbox}, root of namespaces of its own and
 * of nothing else.
 */
@NullMarked
package dev.firstboot.bake.sandbox;

import org.jspecify.annotations.NullMarked;
