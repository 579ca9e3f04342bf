/**
 * Root file systems that run in systemd-nspawn containers, which takes seconds: {@link dev.firstboot.machine.container.RootfsBoot} says how, and
 * {@link dev.firstboot.machine.container.PrivateNetwork} lets several reach each other.
 *
 * <p>What a container's power cut does not show: its kernel is the host's, so what was written but not yet synced survives; only a virtual machine loses that.
 */
@NullMarked
package dev.firstboot.machine.container;

import org.jspecify.annotations.NullMarked;
