package dev.firstboot.examples.smack;

import java.util.Locale;

/**
 * What became of one test.
 *
 * @param kind whether it passed
 * @param test its name as the suite tells it, such as {@code ChatTest.testProperties (Normal)}
 * @param words why it failed or is not possible, on one line; why it failed before, if it passed at its second try; else empty
 */
record Outcome(Kind kind, String test, String words) {
    enum Kind {
        PASSED,
        FAILED,
        /** The suite did not run it, because the server or the accounts lack what it needs. */
        NOT_POSSIBLE,
        /** The same of all tests of a class, whose number nobody knows. */
        CLASS_NOT_POSSIBLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    Outcome {
        words = words.replaceAll("\\s+", " ").strip();
    }

    /** The name without the kind of connection, which the suite takes to run one test alone. */
    String name() {
        return test.replaceFirst(" \\(.*", "");
    }

    /** What it is after this second try. */
    Outcome after(Outcome second) {
        return second.kind == Kind.PASSED ? new Outcome(Kind.PASSED, test, words) : this;
    }

    /** As one line of a file. */
    String line() {
        return kind.name() + "\t" + test + "\t" + words;
    }

    static Outcome parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("no outcome of a test: " + line);
        }
        return new Outcome(Kind.valueOf(fields[0]), fields[1], fields[2]);
    }
}
