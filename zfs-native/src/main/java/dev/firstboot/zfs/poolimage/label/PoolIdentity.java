package dev.firstboot.zfs.poolimage.label;

import dev.firstboot.zfs.poolimage.format.Checksum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What distinguishes one pool from another: its name, when it was created, and all its random-looking numbers, which are derived from a seed with SHA-256.
 *
 * @param name the name of the pool
 * @param seed the text from which the numbers are derived
 * @param created when the pool was created
 */
public record PoolIdentity(String name, String seed, Instant created) {
    /** {@code FSID_MASK}: file system identifiers have 56 bits. */
    private static final long FSID_MASK = (1L << 56) - 1;

    /** Returns the GUID of the pool, which is also that of its root vdev. */
    public long poolGuid() {
        return number("pool");
    }

    /** Returns the GUID of the only top-level vdev. */
    public long vdevGuid() {
        return number("vdev");
    }

    /** Returns the GUID of a dataset. */
    public long datasetGuid(String dataset) {
        return number("dataset " + dataset);
    }

    /** Returns the file system identifier of a dataset. */
    public long fsidGuid(String dataset) {
        return number("fsid " + dataset) & FSID_MASK;
    }

    /** Returns the salt of the hash of an object's ZAP. */
    public long salt(String objectSet, long object) {
        return number("salt " + objectSet + " " + object);
    }

    /** Returns a number that is never zero. */
    private long number(String purpose) {
        byte[] input = (seed + '\0' + purpose).getBytes(StandardCharsets.UTF_8);
        long number = Checksum.sha256(input, 0, input.length).word0();
        return number == 0 ? 1 : number;
    }
}
