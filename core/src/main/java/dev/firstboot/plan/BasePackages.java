package dev.firstboot.plan;

import dev.firstboot.image.Image;
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

    /** For a machine that boots by itself from ZFS; the kernel package is chosen when the versions are. */
    public static List<String> bootable(Image image) {
        return BOOTABLE.stream()
                .filter(name -> image.guestAgent() || !name.equals(GUEST_AGENT))
                .toList();
    }
}
