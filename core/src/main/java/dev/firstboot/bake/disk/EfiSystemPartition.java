package dev.firstboot.bake.disk;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.stack.LoaderEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills the EFI system partition of a raw disk by mtools, without mounting anything. */
final class EfiSystemPartition {
    private static final Tool MFORMAT = Tool.of("mformat", "mtools");
    private static final Tool MMD = Tool.of("mmd", "mtools");
    private static final Tool MCOPY = Tool.of("mcopy", "mtools");
    private static final int SECTORS_PER_TRACK = 32;
    private static final int HEADS = 64;
    private static final int CLUSTER = 4096;

    /** mformat's code of a sector size: 2 to the power of the code plus 7 is the size. */
    private static final int SIZE_CODE = 7;

    private final String drive;
    private final int sector;
    private final Path scratch;

    EfiSystemPartition(Path raw, int sector, Path scratch) {
        this.sector = sector;
        this.drive = raw + "@@" + Partitions.ESP_OFFSET;
        this.scratch = scratch;
    }

    /** Formats it and puts systemd-boot there, where firmware looks for it by itself, with one entry to boot. */
    void fill(Path systemdBoot, LoaderEntry entry, Path vmlinuz, Path initrd) throws IOException {
        run(MFORMAT)
                .add("-F", "-v", "ESP", "-N", "46423031", "-T")
                .add(Long.toString(Partitions.ESP_SIZE.bytes() / sector))
                .add("-S", Integer.toString(Integer.numberOfTrailingZeros(sector) - SIZE_CODE))
                .add("-c", Integer.toString(CLUSTER / sector))
                .add("-h", Integer.toString(HEADS), "-s", Integer.toString(SECTORS_PER_TRACK), "::")
                .execute();
        run(MMD).add(
                        "::/EFI",
                        "::/EFI/BOOT",
                        "::/EFI/systemd",
                        "::/loader",
                        "::/loader/entries",
                        "::/" + entry.environment())
                .execute();
        copy(systemdBoot, "/EFI/BOOT/BOOTX64.EFI");
        copy(systemdBoot, "/EFI/systemd/systemd-bootx64.efi");
        copy(vmlinuz, entry.linux());
        copy(initrd, entry.initrd());
        copy(Files.writeString(scratch.resolve("entry.conf"), entry.text()), "/loader/entries/" + entry.fileName());
        copy(Files.writeString(scratch.resolve("loader.conf"), entry.loaderConfiguration()), "/loader/loader.conf");
    }

    private void copy(Path file, String target) {
        run(MCOPY).add(file.toString(), "::" + target).execute();
    }

    private ToolRun run(Tool tool) {
        return tool.run("-i", drive)
                .env("MTOOLS_SKIP_CHECK", "1")
                .env("SOURCE_DATE_EPOCH", "1735689600")
                .env("TZ", "UTC");
    }
}
