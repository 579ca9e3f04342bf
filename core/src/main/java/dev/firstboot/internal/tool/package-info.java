/**
 * Runs the host's own tools: one {@link dev.firstboot.internal.tool.Tool} names a program and the Debian package that
 * brings it, one {@link dev.firstboot.internal.tool.ToolRun} describes a call, one
 * {@link dev.firstboot.internal.tool.ToolProcess} is that call under way.
 *
 * <p>A tool runs with a clean environment in a session of its own, on a leash: when it is cancelled, when the waiting
 * thread is interrupted and also when this JVM is killed, the tool and everything it started ends. Secrets never go on a
 * command line, which every user of the host can read; they go through standard input or a file.
 */
@NullMarked
package dev.firstboot.internal.tool;

import org.jspecify.annotations.NullMarked;
