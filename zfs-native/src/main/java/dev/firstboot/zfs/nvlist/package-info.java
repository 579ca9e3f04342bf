/**
 * Lists of named, typed values as ZFS stores and passes them: {@code libnvpair} in pure Java, which needs no ZFS.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.nvlist.NvList#builder()} makes a list, {@link dev.firstboot.zfs.nvlist.NvList#encode} packs it and
 * {@link dev.firstboot.zfs.nvlist.NvList#decode(byte[])} unpacks it.
 *
 * <p>What this package values, the most important first:
 *
 * <ol>
 *   <li>Safety with hostile bytes: unpacking returns a list or throws {@link dev.firstboot.zfs.nvlist.MalformedNvListException}, in time and memory bounded by the
 *       number of bytes.
 *   <li>Agreement with libnvpair on x86-64: the same bytes, in both encodings. Bytes that libnvpair reads but never writes are refused: another version than 0,
 *       sizes that do not add up, a name that occurs twice in a list of unique names.
 *   <li>Speed.
 * </ol>
 *
 * <p>Not promised: lists in the native encoding of a big-endian host are read but never written.
 */
@NullMarked
package dev.firstboot.zfs.nvlist;

import org.jspecify.annotations.NullMarked;
