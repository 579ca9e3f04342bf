package dev.firstboot.plan;

import dev.firstboot.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * One step of a plan.
 *
 * @param name a short name, unique within the plan
 * @param title what it does, for people
 * @param parameters all that decides its result beside its inputs, one line each
 * @param inputs which outputs of earlier steps it reads
 * @param outputs names of the files it makes
 * @param digest of name, parameters and the digests of the steps it reads from: equal digests, equal work
 */
public record Step(
        String name, String title, List<String> parameters, List<Input> inputs, List<String> outputs, Digest digest) {
    public Step {
        parameters = List.copyOf(parameters);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * An output of an earlier step.
     *
     * @param step that step's name
     * @param output the file's name
     */
    public record Input(String step, String output) {
        @Override
        public String toString() {
            return step + "/" + output;
        }
    }

    /** The digest of what this step itself is told, without where its inputs come from. */
    public Digest ownDigest() {
        MessageDigest sha256 = Digest.newSha256();
        update(sha256, name);
        parameters.forEach(parameter -> update(sha256, parameter));
        return Digest.of(sha256.digest());
    }

    static void update(MessageDigest sha256, String line) {
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
    }
}
