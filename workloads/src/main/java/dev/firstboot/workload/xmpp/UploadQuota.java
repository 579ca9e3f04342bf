package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;

/**
 * How much of what an account has uploaded is kept. Beyond the hard quota its oldest files go, until it is within the soft one. Both have room for
 * the newest file, whatever its size.
 *
 * @param softMebibytes what is left then, in MiB
 * @param hardMebibytes what there is at most, in MiB
 */
record UploadQuota(long softMebibytes, long hardMebibytes) {
    private static final long FILES = 10;
    private static final long LEAST = 1_000;

    /** Ten files of the largest size, and 1000 MiB at least. */
    static UploadQuota of(ByteSize largestFile) {
        long mebibyte = ByteSize.mebibytes(1).bytes();
        long hard = Math.max(LEAST, (largestFile.bytes() * FILES + mebibyte - 1) / mebibyte);
        return new UploadQuota(hard * 9 / 10, hard);
    }
}
