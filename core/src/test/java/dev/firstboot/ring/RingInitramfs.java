package dev.firstboot.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.Resources;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** The image's own initramfs with one file more: {@code /ring-init}. */
final class RingInitramfs {
    static final String INIT = "ring-init";

    /** Each archive of an initramfs begins at a multiple of this. */
    private static final int ALIGNMENT = 4;

    private RingInitramfs() {}

    static Path write(Path initrd, Path target) throws IOException {
        byte[] init = Resources.text(RingInitramfs.class, "ring-init.sh").getBytes(UTF_8);
        Files.copy(initrd, target);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.APPEND))) {
            out.write(new byte[(int) (-Files.size(initrd) & (ALIGNMENT - 1))]);
            CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW);
            CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, INIT, init.length);
            entry.setMode(CpioConstants.C_ISREG | 0755);
            entry.setNumberOfLinks(1);
            cpio.putArchiveEntry(entry);
            cpio.write(init);
            cpio.closeArchiveEntry();
            cpio.finish();
        }
        return target;
    }
}
