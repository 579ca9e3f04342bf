package dev.firstboot.plan;

import dev.firstboot.image.Image;
import java.util.List;

/** The packages of every image before any workload is added. */
public final class BasePackages {
    /** For every machine: an init system, networking, a firewall, and what the first-boot scripts call. */
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

    /** Runs commands as root for the hypervisor; an image can leave it out. */
    public static final String GUEST_AGENT = "qemu-guest-agent";

    private static final List<String> BOOTABLE = List.of(
            "busybox",
            "fdisk",
            "initramfs-tools",
            GUEST_AGENT,
            "systemd-boot-efi",
            "systemd-resolved",
            "systemd-timesyncd",
            "zfs-initramfs",
            "zfs-zed",
            "zfsutils-linux",
            "zstd");

    private BasePackages() {}

    /** Returns the packages of a machine that boots by itself from ZFS. The kernel package is chosen when versions are resolved. */
    public static List<String> bootable(Image image) {
        return BOOTABLE.stream()
                .filter(name -> image.guestAgent() || !name.equals(GUEST_AGENT))
                .toList();
    }
}
