/**
 * Disk images that run in QEMU, through their own UEFI boot path: {@link dev.firstboot.machine.qemu.DiskBoot} says how, and
 * {@link dev.firstboot.machine.qemu.Accelerator} on what. What a power cut loses there is what a real machine would lose.
 */
@NullMarked
package dev.firstboot.machine.qemu;

import org.jspecify.annotations.NullMarked;
