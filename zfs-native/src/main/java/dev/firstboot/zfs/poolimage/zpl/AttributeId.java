package dev.firstboot.zfs.poolimage.zpl;

/** The system attributes of a filesystem, in the order of their registration: {@code zfs_attr_table} in OpenZFS. */
enum AttributeId {
    ZPL_ATIME(0, 16, 0),
    ZPL_MTIME(1, 16, 0),
    ZPL_CTIME(2, 16, 0),
    ZPL_CRTIME(3, 16, 0),
    ZPL_GEN(4, 8, 0),
    ZPL_MODE(5, 8, 0),
    ZPL_SIZE(6, 8, 0),
    ZPL_PARENT(7, 8, 0),
    ZPL_LINKS(8, 8, 0),
    ZPL_XATTR(9, 8, 0),
    ZPL_RDEV(10, 8, 0),
    ZPL_FLAGS(11, 8, 0),
    ZPL_UID(12, 8, 0),
    ZPL_GID(13, 8, 0),
    ZPL_PAD(14, 32, 0),
    ZPL_ZNODE_ACL(15, 88, 3),
    ZPL_DACL_COUNT(16, 8, 0),
    ZPL_SYMLINK(17, 0, 3),
    ZPL_SCANSTAMP(18, 32, 3),
    ZPL_DACL_ACES(19, 0, 4),
    ZPL_DXATTR(20, 0, 3),
    ZPL_PROJID(21, 8, 0);

    private final int number;
    private final int length;
    private final int byteswap;

    AttributeId(int number, int length, int byteswap) {
        this.number = number;
        this.length = length;
        this.byteswap = byteswap;
    }

    /** Returns its number in layouts. */
    int number() {
        return number;
    }

    /** Returns its length in bytes; zero if each value has its own length. */
    int length() {
        return length;
    }

    /** Returns the attribute as the registration ZAP has it: {@code ATTR_ENCODE}. */
    long registration() {
        return (long) length << 24 | (long) byteswap << 16 | number;
    }
}
