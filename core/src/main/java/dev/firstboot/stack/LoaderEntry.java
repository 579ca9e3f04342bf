package dev.firstboot.stack;

import dev.firstboot.image.Release;

/**
 * One boot environment as systemd-boot shows it (UAPI Boot Loader Specification, type #1). Kernel and initramfs are its own, in a directory of its name,
 * so that going back to it goes back to its kernel.
 *
 * @param environment the boot environment's name
 * @param title what a person reads
 */
public record LoaderEntry(String environment, String title) {
    private static final String CONSOLES = "console=tty0 console=ttyS0,115200";

    /**
     * At boot Linux counts ticks of the timer against the processor, and panics if too few came, which happens when a busy host emulates both. Under KVM it
     * leaves that check out by itself.
     */
    private static final String EMULATED_TIMER = "no_timer_check";

    /** The entry of an image's first boot environment. */
    public static LoaderEntry of(String name, Release release) {
        return new LoaderEntry(PoolLayout.ENVIRONMENT, name + " (Debian " + release.version() + ")");
    }

    /** The file's name in {@code loader/entries}. */
    public String fileName() {
        return environment + ".conf";
    }

    /** Where its kernel is in the EFI system partition. */
    public String linux() {
        return "/" + environment + "/vmlinuz";
    }

    /** Where its initramfs is there. */
    public String initrd() {
        return "/" + environment + "/initrd.img";
    }

    /** The kernel's command line. The console named last is where systemd writes. */
    public String options() {
        return "root=ZFS=" + PoolLayout.root(environment) + " rw " + CONSOLES + " " + EMULATED_TIMER
                + " quiet loglevel=4 systemd.show_status=1";
    }

    /** What the file holds. */
    public String text() {
        return "title " + title + "\nsort-key firstboot\nlinux " + linux() + "\ninitrd " + initrd() + "\noptions "
                + options() + "\n";
    }

    /** What {@code loader/loader.conf} holds to boot this entry at once; holding a key shows the menu. */
    public String loaderConfiguration() {
        return "default " + fileName() + "\ntimeout 0\neditor no\n";
    }
}
