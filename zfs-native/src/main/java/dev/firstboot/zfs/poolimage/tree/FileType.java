package dev.firstboot.zfs.poolimage.tree;

/** The type of an entry, with its constants of {@code stat(2)} and {@code readdir(3)}. */
public enum FileType {
    REGULAR(0100000, 8),
    DIRECTORY(0040000, 4),
    SYMLINK(0120000, 10),
    /** Another name of a regular file that came before. */
    HARD_LINK(0100000, 8),
    CHARACTER_DEVICE(0020000, 2),
    BLOCK_DEVICE(0060000, 6),
    FIFO(0010000, 1),
    SOCKET(0140000, 12);

    private final int modeBits;
    private final int directoryType;

    FileType(int modeBits, int directoryType) {
        this.modeBits = modeBits;
        this.directoryType = directoryType;
    }

    /** Returns its {@code S_IFMT} bits of a mode. */
    public int modeBits() {
        return modeBits;
    }

    /** Returns its {@code DT_*} number, as in a directory entry. */
    public int directoryType() {
        return directoryType;
    }

    /** Returns whether its entries have a device number. */
    public boolean isDevice() {
        return this == CHARACTER_DEVICE || this == BLOCK_DEVICE;
    }
}
