package dev.firstboot.zfs.nvlist;

/** How a list is packed: the {@code NV_ENCODE_} constants. */
public enum NvEncoding {
    /** {@code NV_ENCODE_NATIVE}: the layout of the C structures on a little-endian host, as the ioctls of ZFS take it. */
    NATIVE,
    /** {@code NV_ENCODE_XDR}: XDR (RFC 4506) with sizes, the same on every host, for example in labels, cache files and the heads of packages. */
    XDR
}
