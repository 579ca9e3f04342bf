package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;

/**
 * How much of an account's uploads is kept. Above the hard quota, its oldest files are deleted until it is within the soft one. Both have room for
 * the newest file, whatever its size.
 *
 * @param softMebibytes what is left after the deletion, in MiB
 * @param hardMebibytes the maximum, in MiB
 */
record UploadQuota(long softMebibytes, long hardMebibytes) {
    private static final long FILES = 10;
    private static final long LEAST = 1_000;

    /** Returns the quota: ten files of the largest size, and at least 1000 MiB. */
    static UploadQuota of(ByteSize largestFile) {
        long mebibyte = ByteSize.mebibytes(1).bytes();
        long hard = Math.max(LEAST, (largestFile.bytes() * FILES + mebibyte - 1) / mebibyte);
        return new UploadQuota(hard * 9 / 10, hard);
    }
}
