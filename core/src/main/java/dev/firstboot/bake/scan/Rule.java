package dev.firstboot.bake.scan;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Explains files that are generated during installation.
 *
 * @param paths which files
 * @param why who makes them, and from what
 * @param check what they must look like, as far as can be checked
 */
record Rule(Pattern paths, String why, Predicate<Candidate> check) {
    /** Returns a rule for paths that fully match a regular expression. */
    static Rule of(String paths, String why, Predicate<Candidate> check) {
        return new Rule(Pattern.compile(paths), why, check);
    }

    boolean explains(Candidate file) {
        return paths.matcher(file.path()).matches() && check.test(file);
    }

    /** Returns a check that all lines are empty, comments, or fully match one of these regular expressions. */
    static Predicate<Candidate> lines(String... forms) {
        // In text in other encodings, bytes may look like line ends.
        Pattern form = Pattern.compile("\\s*|\\s*#.*|" + String.join("|", forms), Pattern.DOTALL);
        return file -> file.hasOnlyLines(form);
    }

    /** Returns a check that the file begins with one of these, one character per byte. */
    static Predicate<Candidate> begins(String... magics) {
        return file -> Arrays.stream(magics).anyMatch(file::beginsWith);
    }

    /** Returns a check of the whole text. */
    static Predicate<Candidate> exactly(String text) {
        return file -> file.isWhole() && file.text().equals(text);
    }
}
