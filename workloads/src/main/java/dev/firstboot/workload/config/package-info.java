/**
 * Renders values in the syntax of configuration files. What matters most here: a value cannot break out of its place, whatever characters it
 * contains. Nothing here knows what the values mean. For the workloads of users as well as for those of Firstboot.
 */
@NullMarked
package dev.firstboot.workload.config;

import org.jspecify.annotations.NullMarked;
