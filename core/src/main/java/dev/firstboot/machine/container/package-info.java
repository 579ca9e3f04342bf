/**
 * Root file systems in systemd-nspawn containers: {@link dev.firstboot.machine.container.RootfsBoot} describes how to boot them, and
 * {@link dev.firstboot.machine.container.PrivateNetwork} connects several. What matters most here: a boot takes seconds.
 *
 * <p>A container cannot show the full effect of a power cut: its kernel is the host's, so data that was written but not yet synced survives; only a
 * virtual machine loses it.
 */
@NullMarked
package dev.firstboot.machine.container;

import org.jspecify.annotations.NullMarked;
