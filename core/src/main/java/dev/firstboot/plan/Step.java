package dev.firstboot.plan;

import dev.firstboot.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * One step of a plan. Everything it says follows from its work.
 *
 * @param work its instructions
 * @param digest of the work and the digests of the steps it reads from: equal digests mean equal work
 */
public record Step(Work work, Digest digest) {
    public Step {
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(digest, "digest");
    }

    /** Returns a short name, unique within the plan. */
    public String name() {
        return work.step();
    }

    /** Returns what it does, for display. */
    public String title() {
        return work.title();
    }

    /** Returns everything that decides its result besides its inputs, one line each. */
    public List<String> parameters() {
        return WorkText.lines(work);
    }

    /** Returns which outputs of earlier steps it reads. */
    public List<Input> inputs() {
        return work.inputs();
    }

    /** Returns the names of the files it makes. */
    public List<String> outputs() {
        return work.outputs();
    }

    /** Returns the digest of this step's own instructions, without the origin of its inputs. */
    public Digest ownDigest() {
        return Digest.of(begun(work).digest());
    }

    /** Returns whether both are the same work; where the bytes of a file come from makes no difference. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Step that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Starts a digest with a step's own instructions. */
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
