/**
 * Running machines: a disk image boots in QEMU ({@link dev.firstboot.machine.qemu.DiskBoot}), a root file system in a systemd-nspawn container
 * ({@link dev.firstboot.machine.container.RootfsBoot}).
 * Both return a {@link dev.firstboot.machine.Machine}: wait until it is ready, reach its ports, run commands inside, stop it, cut its power.
 *
 * <p>What matters most here: a machine ends with the JVM that started it, even if that JVM is killed, and leaves nothing on the host: no process,
 * mount, network namespace, cgroup or directory.
 */
@NullMarked
package dev.firstboot.machine;

import org.jspecify.annotations.NullMarked;
