/**
 * Disk images in QEMU, through their own UEFI boot path: {@link dev.firstboot.machine.qemu.DiskBoot} describes how to boot them, and
 * {@link dev.firstboot.machine.qemu.Accelerator} what runs them. What matters most here: it behaves like a real machine; a power cut loses what a
 * real machine would lose.
 */
@NullMarked
package dev.firstboot.machine.qemu;

import org.jspecify.annotations.NullMarked;
