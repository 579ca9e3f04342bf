package dev.firstboot.plan;

import java.util.List;

/** What every image is made of before any workload is added. */
public final class BasePackages {
    /** For any machine: an init system, a network, a firewall, and what the first boot's own scripts call. */
    public static final List<String> ANY = List.of(
            "ca-certificates",
            "curl",
            "dbus",
            "iproute2",
            "kmod",
            "login",
            "logrotate",
            "netbase",
            "nftables",
            "openssl",
            "passwd",
            "perl-base",
            "procps",
            "systemd-sysv",
            "tzdata",
            "udev");

    /** For a machine that boots by itself from ZFS; the kernel package is chosen when the versions are. */
    public static final List<String> BOOTABLE = List.of(
            "busybox",
            "fdisk",
            "initramfs-tools",
            "qemu-guest-agent",
            "systemd-boot-efi",
            "systemd-resolved",
            "systemd-timesyncd",
            "zfs-initramfs",
            "zfs-zed",
            "zfsutils-linux",
            "zstd");

    private BasePackages() {}
}
