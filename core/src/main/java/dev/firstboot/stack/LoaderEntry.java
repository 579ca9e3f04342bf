package dev.firstboot.stack;

import dev.firstboot.image.Release;

/**
 * One boot environment in the menu of systemd-boot (UAPI Boot Loader Specification, type #1). It has its own kernel and initramfs, in a directory of
 * its name, so that going back to it also goes back to its kernel.
 *
 * @param environment the boot environment's name
 * @param title the title in the menu
 */
public record LoaderEntry(String environment, String title) {
    private static final String CONSOLES = "console=tty0 console=ttyS0,115200";

    /**
     * Disables a check at boot: Linux counts timer ticks against the processor, and panics if too few came, which happens when a busy host emulates
     * both. Under KVM Linux skips this check by itself.
     */
    private static final String EMULATED_TIMER = "no_timer_check";

    /** Returns the entry of an image's first boot environment. */
    public static LoaderEntry of(String name, Release release) {
        return new LoaderEntry(PoolLayout.ENVIRONMENT, name + " (Debian " + release.version() + ")");
    }

    /** Returns the file's name in {@code loader/entries}. */
    public String fileName() {
        return environment + ".conf";
    }

    /** Returns the path of its kernel in the EFI system partition. */
    public String linux() {
        return "/" + environment + "/vmlinuz";
    }

    /** Returns the path of its initramfs there. */
    public String initrd() {
        return "/" + environment + "/initrd.img";
    }

    /** Returns the kernel's command line. systemd writes to the console named last. */
    public String options() {
        return "root=ZFS=" + PoolLayout.root(environment) + " rw " + CONSOLES + " " + EMULATED_TIMER
                + " quiet loglevel=4 systemd.show_status=1";
    }

    /** Returns the content of the file. */
    public String text() {
        return "title " + title + "\nsort-key firstboot\nlinux " + linux() + "\ninitrd " + initrd() + "\noptions "
                + options() + "\n";
    }

    /** Returns the content of {@code loader/loader.conf} that boots this entry at once; holding a key shows the menu. */
    public String loaderConfiguration() {
        return "default " + fileName() + "\ntimeout 0\neditor no\n";
    }
}
