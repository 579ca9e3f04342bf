package dev.firstboot.zfs.nvlist;

/** How a list is packed: the {@code NV_ENCODE_} constants. */
public enum NvEncoding {
    /** The layout of the C structures on a little-endian host, as the ioctls of ZFS take it. */
    NATIVE,
    /** RFC 4506 with sizes, the same on every host: labels, caches, streams. */
    XDR
}
