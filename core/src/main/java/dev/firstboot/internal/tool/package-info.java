/**
 * Runs the host's tools: a {@link dev.firstboot.internal.tool.Tool} names a program and the Debian package that provides it, a
 * {@link dev.firstboot.internal.tool.ToolRun} describes a call, a {@link dev.firstboot.internal.tool.ToolProcess} is a running call.
 *
 * <p>What matters most here: nothing outlives its caller. A tool runs with a clean environment in its own session, under a supervisor: when it is
 * cancelled, when the waiting thread is interrupted and even when this JVM is killed, the tool and everything it started ends. Secrets are never on a
 * command line, which every user of the host can read; they pass through standard input or a file.
 */
@NullMarked
package dev.firstboot.internal.tool;

import org.jspecify.annotations.NullMarked;
