package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Resources;
import java.util.List;

/** What a machine needs in addition because it boots by itself, from a pool on its own disk. */
final class DiskSystem {
    private static final String GROW_UNIT = "firstboot-grow.service";
    private static final String GROW = "grow";
    private static final String KSNAP = "ksnap";
    private static final String STACK_LIBRARY = "stack.pl";
    private static final String JOURNAL_FLUSH = "10-firstboot-journal-flush.conf";

    /** The initramfs imports the pool before any unit runs. A second import would wait for every device, and so would loading the module again. */
    private static final List<String> DISABLED =
            List.of("zfs-import-cache.service", "zfs-import-scan.service", "zfs-load-module.service");

    private static final String FSTAB = """
            # The pool mounts its own file systems. The machine also runs without the EFI system partition; the initramfs finds which one it booted from.
            /run/firstboot/esp /boot/efi vfat umask=0077,nofail 0 0
            """;

    private DiskSystem() {}

    static void layOut(Layout layout) {
        layout.text("/etc/fstab", 0644, FSTAB);
        layout.directory("/boot/efi");
        layout.text(EngineFiles.DIRECTORY + "/" + GROW, 0755, resource("disk/" + GROW));
        layout.text(UnitFiles.ETC + "/" + GROW_UNIT, 0644, resource("disk/" + GROW_UNIT));
        layout.text(EngineFiles.DIRECTORY + "/" + STACK_LIBRARY, 0644, resource("disk/" + STACK_LIBRARY));
        layout.text("/usr/sbin/" + KSNAP, 0755, resource("disk/" + KSNAP));
        layout.text(
                UnitFiles.ETC + "/systemd-journal-flush.service.d/" + JOURNAL_FLUSH,
                0644,
                resource("disk/" + JOURNAL_FLUSH));
    }

    static void states(UnitStates states) {
        DISABLED.stream().filter(states::exists).forEach(states::disable);
        states.enable(GROW_UNIT);
    }

    private static String resource(String name) {
        return Resources.text(DiskSystem.class, name);
    }
}
