/**
 * The syntaxes of configuration files, rendered from values. Nothing here knows what the values mean; a value cannot break out
 * of its place, whatever characters it holds. Not exported.
 */
@NullMarked
package dev.firstboot.workload.config;

import org.jspecify.annotations.NullMarked;
