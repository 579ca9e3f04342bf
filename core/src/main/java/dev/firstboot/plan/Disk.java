package dev.firstboot.plan;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.artifact.DiskImage;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A disk to be made: GPT with an EFI system partition and a ZFS pool. The file is sparse: it takes the space of its content, not its size. Only its
 * owner can read and write it (mode 0600), whatever the umask, because a machine that runs on it keeps its keys there.
 *
 * @param path where the disk goes
 * @param format the file format
 * @param size the disk's size as the machine sees it; on a larger disk, the machine grows into it at first boot
 * @param sectorSize the disk's logical sector size: 512 bytes, as nearly all disks have and all virtual ones emulate, or 4096 for disks with 4 KiB
 *     sectors only (4Kn). A disk image boots only on disks with the same sector size
 * @param replace whether an existing file is replaced, once the new one is complete
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Disk(Path path, Format format, ByteSize size, ByteSize sectorSize, boolean replace)
        implements Target<DiskImage> {
    private static final ByteSize USUAL = ByteSize.gibibytes(16);
    private static final ByteSize LEAST = ByteSize.gibibytes(4);
    private static final ByteSize USUAL_SECTOR = ByteSize.bytes(512);
    private static final ByteSize LARGE_SECTOR = ByteSize.kibibytes(4);

    public Disk {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
        requireSizes(size, sectorSize);
    }

    static void requireSizes(ByteSize size, ByteSize sectorSize) {
        Objects.requireNonNull(size, "size");
        if (size.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "disk size " + size + " is too small: a bootable disk needs at least " + LEAST);
        }
        if (size.bytes() % ByteSize.mebibytes(1).bytes() != 0) {
            throw new IllegalArgumentException("disk size " + size.bytes() + " bytes is not a whole number of MiB");
        }
        if (!Objects.requireNonNull(sectorSize, "sectorSize").equals(USUAL_SECTOR)
                && !sectorSize.equals(LARGE_SECTOR)) {
            throw new IllegalArgumentException("sector size " + sectorSize + " is neither of those that disks have: "
                    + USUAL_SECTOR + " and " + LARGE_SECTOR);
        }
    }

    /** The file format of a disk. */
    public enum Format {
        /** Byte for byte, sparse. */
        RAW,
        /** QEMU's copy-on-write format, version 3. */
        QCOW2
    }

    /** Returns a qcow2 file of 16 GiB. */
    public static Disk qcow2(String path) {
        return qcow2(Path.of(Objects.requireNonNull(path, "path")));
    }

    /** Returns a qcow2 file of 16 GiB. */
    public static Disk qcow2(Path path) {
        return new Disk(path, Format.QCOW2, USUAL, USUAL_SECTOR, false);
    }

    /** Returns a raw file of 16 GiB. */
    public static Disk raw(String path) {
        return raw(Path.of(Objects.requireNonNull(path, "path")));
    }

    /** Returns a raw file of 16 GiB. */
    public static Disk raw(Path path) {
        return new Disk(path, Format.RAW, USUAL, USUAL_SECTOR, false);
    }

    /** Returns a copy with another size. */
    public Disk size(ByteSize newSize) {
        return new Disk(path, format, newSize, sectorSize, replace);
    }

    /** Returns a copy with this logical sector size: 512 bytes or 4 KiB. */
    public Disk sectorSize(ByteSize newSectorSize) {
        return new Disk(path, format, size, newSectorSize, replace);
    }

    /** Returns a copy that replaces an existing file. */
    public Disk replaceExisting() {
        return new Disk(path, format, size, sectorSize, true);
    }

    @Override
    public BakePlan planFor(Image image) {
        String sectors = sectorSize.equals(USUAL_SECTOR) ? "" : ", sectors of " + sectorSize;
        return BakePlan.ofDisk(image, size, sectorSize, format + " disk " + path + ", " + size + sectors);
    }

    @Override
    public Optional<TargetFile> file() {
        return Optional.of(place());
    }

    private TargetFile place() {
        return new TargetFile(path, replace, format == Format.RAW ? TargetFile.Form.RAW_DISK : TargetFile.Form.PRIVATE);
    }

    @Override
    public DiskImage deliver(Baked baked) throws IOException {
        baked.copyTo(place());
        return new DiskImage(path, baked.manifest());
    }
}
