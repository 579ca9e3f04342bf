package dev.firstboot.plan;

import dev.firstboot.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * One step of a plan. All it tells follows from its work.
 *
 * @param work what it is told
 * @param digest of the work and the digests of the steps it reads from: equal digests, equal work
 */
public record Step(Work work, Digest digest) {
    public Step {
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(digest, "digest");
    }

    /** A short name, unique within the plan. */
    public String name() {
        return work.step();
    }

    /** What it does, for people. */
    public String title() {
        return work.title();
    }

    /** All that decides its result beside its inputs, one line each. */
    public List<String> parameters() {
        return WorkText.lines(work);
    }

    /** Which outputs of earlier steps it reads. */
    public List<Input> inputs() {
        return work.inputs();
    }

    /** Names of the files it makes. */
    public List<String> outputs() {
        return work.outputs();
    }

    /** The digest of what this step itself is told, without where its inputs come from. */
    public Digest ownDigest() {
        return Digest.of(begun(work).digest());
    }

    /** Whether they are the same work: where the bytes of a file come from makes no difference. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Step that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Begins a digest with a step's own words. */
    static MessageDigest begun(Work work) {
        MessageDigest sha256 = Digest.newSha256();
        update(sha256, work.step());
        WorkText.lines(work).forEach(line -> update(sha256, line));
        return sha256;
    }

    static void update(MessageDigest sha256, String line) {
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
    }
}
