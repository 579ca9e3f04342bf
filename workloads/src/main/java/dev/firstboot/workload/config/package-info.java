/**
 * The syntaxes of configuration files, rendered from values. Nothing here knows what the values mean; a value cannot break out
 * of its place, whatever characters it holds. For workloads of users as well as for those that come with Firstboot.
 */
@NullMarked
package dev.firstboot.workload.config;

import org.jspecify.annotations.NullMarked;
