/**
 * Machines that run: a disk image boots in QEMU ({@code machine.qemu}), a root file system in a systemd-nspawn container
 * ({@code machine.container}). Both give a {@link dev.firstboot.machine.Machine}: wait until it is ready, reach its ports, run a command inside, stop it, pull its plug.
 *
 * <p>A machine ends with the JVM that started it, also when that JVM is killed, and leaves nothing on the host: no process, mount,
 * network namespace, cgroup or directory.
 */
@NullMarked
package dev.firstboot.machine;

import org.jspecify.annotations.NullMarked;
