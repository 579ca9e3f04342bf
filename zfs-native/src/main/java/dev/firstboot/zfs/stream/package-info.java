/**
 * Reads send streams and resume tokens; needs no ZFS.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.stream.StreamVerifier} reports whether a stored stream is complete and, if it is not, how to resume it.
 * {@link dev.firstboot.zfs.stream.SendStreamReader} reads a stream record by record. {@link dev.firstboot.zfs.stream.ResumeToken} reads and writes the token
 * that {@code zfs send -t} takes.
 *
 * <p>What this package values, the most important first:
 *
 * <ol>
 *   <li>No damaged stream is reported as intact: every checksum is checked, and each report says how far a stream is verified.
 *   <li>Safety with hostile streams and tokens: they throw {@link dev.firstboot.zfs.stream.StreamException} or
 *       {@link dev.firstboot.zfs.stream.MalformedTokenException}. At most the largest block of ZFS (16 MiB) or the largest list that libzfs takes (64 MiB) is
 *       in memory.
 *   <li>Speed.
 * </ol>
 *
 * <p>The format is {@code struct dmu_replay_record} of OpenZFS's {@code sys/zfs_ioctl.h}, in either byte order.
 *
 * <p>Not promised: checks of what the payloads contain. A stream with right checksums is intact to this package, even if a broken kernel wrote it.
 */
@NullMarked
package dev.firstboot.zfs.stream;

import org.jspecify.annotations.NullMarked;
