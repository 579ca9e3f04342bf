package dev.firstboot.advisory;

/** Debian's urgency of a vulnerability, the most urgent first. Most open ones have no urgency yet. */
public enum Urgency {
    HIGH("high"),
    MEDIUM("medium"),
    LOW("low"),
    /** Not assessed yet; it may be anything. */
    NOT_YET_ASSIGNED("not yet assigned"),
    /** The package no longer gets security updates in this release. */
    END_OF_LIFE("end-of-life"),
    /** Not a vulnerability in practice: in examples, in debug builds, or disputed. */
    UNIMPORTANT("unimportant");

    private final String word;

    Urgency(String word) {
        this.word = word;
    }

    /** Returns the meaning of the tracker's word. Words with asterisks were guessed from a score; unknown words count as not assigned. */
    static Urgency of(String trackerWord) {
        String plain = trackerWord.replace("*", "");
        for (Urgency urgency : values()) {
            if (urgency.word.equals(plain)) {
                return urgency;
            }
        }
        return NOT_YET_ASSIGNED;
    }

    /** Returns whether it is at least as urgent as {@code other}. */
    public boolean isAtLeast(Urgency other) {
        return compareTo(other) <= 0;
    }

    /** Returns the tracker's word. */
    @Override
    public String toString() {
        return word;
    }
}
