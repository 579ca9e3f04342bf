package dev.firstboot.bake.scan;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Explains files that are made while packages are installed.
 *
 * @param paths which files
 * @param why who makes them, of what
 * @param check what they must look like, as far as that can be told
 */
record Rule(Pattern paths, String why, Predicate<Candidate> check) {
    /** A rule for paths that match a regular expression as a whole. */
    static Rule of(String paths, String why, Predicate<Candidate> check) {
        return new Rule(Pattern.compile(paths), why, check);
    }

    boolean explains(Candidate file) {
        return paths.matcher(file.path()).matches() && check.test(file);
    }

    /** A check that all lines are empty, comments, or match one of these regular expressions as a whole. */
    static Predicate<Candidate> lines(String... forms) {
        // In the text of other languages, bytes may look like ends of lines.
        Pattern form = Pattern.compile("\\s*|\\s*#.*|" + String.join("|", forms), Pattern.DOTALL);
        return file -> file.hasOnlyLines(form);
    }

    /** A check that the file begins with one of these, a character a byte. */
    static Predicate<Candidate> begins(String... magics) {
        return file -> Arrays.stream(magics).anyMatch(file::beginsWith);
    }

    /** A check of the whole text. */
    static Predicate<Candidate> exactly(String text) {
        return file -> file.isWhole() && file.text().equals(text);
    }
}
