/**
 * Named, typed values as ZFS keeps and passes them: {@code libnvpair} in pure Java, with no ZFS on the host.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.nvlist.NvList#builder()} to make a list,
 * {@link dev.firstboot.zfs.nvlist.NvList#encode} and {@link dev.firstboot.zfs.nvlist.NvList#decode(byte[])} to pack and unpack
 * it. What is packed here equals what libnvpair packs on x86-64, byte for byte, in both encodings.
 *
 * <p>Bytes that are unpacked need not be trusted: whatever they are, the answer is a list or a
 * {@link dev.firstboot.zfs.nvlist.MalformedNvListException}, in time and memory bounded by their number. Where libnvpair lets
 * things pass that it would never write (a version other than 0, sizes that do not add up, a name that is there twice though
 * names are unique), this package refuses.
 *
 * <p>Not promised: lists packed by a big-endian host in its native encoding are read but never written.
 */
@NullMarked
package dev.firstboot.zfs.nvlist;

import org.jspecify.annotations.NullMarked;
