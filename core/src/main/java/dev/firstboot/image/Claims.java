package dev.firstboot.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tracks which recipe claims each unique thing. A {@link SharedService} uses it to report two recipes that ask for the same thing. Not thread-safe.
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
     * Starts with no claims.
     *
     * @param twice the words for a recipe that claims the same thing twice, placed before its name: such as {@code is needed twice by}
     * @param problems receives each problem
     */
    public Claims(String twice, Consumer<String> problems) {
        this.twice = Objects.requireNonNull(twice, "twice");
        this.problems = Objects.requireNonNull(problems, "problems");
    }

    /**
     * Claims something. Reports a problem if it is already claimed; the first claim stands.
     *
     * @param what such as {@code port 80/tcp}
     * @param who the name of the claiming recipe
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
