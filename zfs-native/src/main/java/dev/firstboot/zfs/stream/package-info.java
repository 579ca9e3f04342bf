/**
 * Send streams and resume tokens, with no ZFS on the host.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.stream.StreamVerifier} says whether a stored stream is whole, and if it is not, how
 * far it can be trusted and how to resume it; {@link dev.firstboot.zfs.stream.SendStreamReader} reads one record by record;
 * {@link dev.firstboot.zfs.stream.ResumeToken} reads and writes what {@code zfs send -t} takes.
 *
 * <p>The format is that of {@code struct dmu_replay_record} in OpenZFS's {@code sys/zfs_ioctl.h}, of hosts of either byte
 * order. Streams and tokens need not be trusted: what is wrong is a
 * {@link dev.firstboot.zfs.stream.StreamException} or {@link dev.firstboot.zfs.stream.MalformedTokenException}, and no more than
 * the largest block ZFS knows (16 MiB), or the largest list of snapshots libzfs takes (64 MiB) is ever kept in memory.
 *
 * <p>Not promised: what is inside the payloads. A stream that was made by a broken kernel and carries the right checksums is
 * whole as far as this package can tell.
 */
@NullMarked
package dev.firstboot.zfs.stream;

import org.jspecify.annotations.NullMarked;
