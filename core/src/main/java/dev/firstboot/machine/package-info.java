/**
 * Machines that run: a disk image boots in QEMU through its own UEFI boot path ({@link dev.firstboot.machine.DiskBoot}), a root file
 * system boots in a systemd-nspawn container ({@link dev.firstboot.machine.RootfsBoot}). Both give a
 * {@link dev.firstboot.machine.Machine}: wait until it is ready, reach its ports, run a command inside, stop it, pull its plug.
 *
 * <p>A machine ends with the JVM that started it, also when that JVM is killed, and leaves nothing on the host: no process, mount,
 * network namespace, cgroup or directory. What a container's power cut does not show: its kernel is the host's, so what was
 * written but not yet synced survives; only a virtual machine loses that.
 */
@NullMarked
package dev.firstboot.machine;

import org.jspecify.annotations.NullMarked;
