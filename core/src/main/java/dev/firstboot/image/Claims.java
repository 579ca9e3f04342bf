package dev.firstboot.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Who claims what of which there is one. A {@link SharedService} takes it to report two recipes that ask for the same. Not thread-safe.
 *
 * <pre>{@code
 * Claims queues = new Claims("is needed twice by", recipe::addProblem);
 * requests.forEach(request -> queues.claim("queue " + request.need().name(), request.from()));
 * }</pre>
 */
public final class Claims {
    private final Map<String, String> owners = new HashMap<>();
    private final String twice;
    private final Consumer<String> problems;

    /**
     * Begins without a claim.
     *
     * @param twice what is said where one claims the same twice, before that one's name: such as {@code is needed twice by}
     * @param problems where problems are reported
     */
    public Claims(String twice, Consumer<String> problems) {
        this.twice = Objects.requireNonNull(twice, "twice");
        this.problems = Objects.requireNonNull(problems, "problems");
    }

    /**
     * Claims something, and reports a problem if somebody has it already. The first one keeps it.
     *
     * @param what such as {@code port 80/tcp}
     * @param who the name of the recipe that claims it
     */
    public void claim(String what, String who) {
        Objects.requireNonNull(what, "what");
        String first = owners.putIfAbsent(what, Objects.requireNonNull(who, "who"));
        if (first != null) {
            problems.accept(
                    first.equals(who)
                            ? what + " " + twice + " " + who
                            : what + " is claimed by both " + first + " and " + who);
        }
    }
}
