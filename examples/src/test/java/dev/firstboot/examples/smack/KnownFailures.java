package dev.firstboot.examples.smack;

import dev.firstboot.examples.smack.Outcome.Kind;
import dev.firstboot.image.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tests that are known not to pass against a release's service, because they fail or are not possible, and why.
 *
 * @param reasons from the name of a test to its reason
 */
record KnownFailures(SortedMap<String, String> reasons) {
    /** Those of a release in a text with a line for each: releases, test and reason, parted by {@code |}. Lines that begin with # are comments. */
    static KnownFailures parse(String text, Release release) {
        SortedMap<String, String> reasons = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] fields = line.split("\\|", 3);
            if (fields.length != 3 || fields[2].isBlank()) {
                throw new IllegalArgumentException("not 'releases | test | reason': " + line);
            }
            if (Stream.of(fields[0].strip().split(" +", -1))
                            .map(SmackSoak::release)
                            .toList()
                            .contains(release)
                    && reasons.put(fields[1].strip(), fields[2].strip()) != null) {
                throw new IllegalArgumentException("twice in the list: " + line);
            }
        });
        return new KnownFailures(reasons);
    }

    /** Tests that did not pass and are not in the list. */
    List<Outcome> unknown(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.kind() != Kind.PASSED && !reasons.containsKey(outcome.test()))
                .toList();
    }

    /** What is not as the list says: tests that did not pass and are not in it, and tests in it that passed or are gone. */
    List<String> surprises(List<Outcome> outcomes) {
        Set<String> notPassed = outcomes.stream()
                .filter(outcome -> outcome.kind() != Kind.PASSED)
                .map(Outcome::test)
                .collect(Collectors.toSet());
        List<String> surprises = new ArrayList<>();
        for (Outcome outcome : unknown(outcomes)) {
            surprises.add(outcome.test() + " (" + outcome.kind() + ") is not in the list: " + outcome.words());
        }
        for (String test : reasons.keySet()) {
            if (!notPassed.contains(test)) {
                surprises.add(test + " is in the list, and passed or is gone: take it out");
            }
        }
        return surprises;
    }
}
