package dev.firstboot.advisory;

/** How urgent Debian's security team holds a vulnerability to be, the most urgent first. Most of those that are open have no urgency yet. */
public enum Urgency {
    HIGH("high"),
    MEDIUM("medium"),
    LOW("low"),
    /** Nobody has judged it. It may be anything. */
    NOT_YET_ASSIGNED("not yet assigned"),
    /** The package gets no security updates in this release any more. */
    END_OF_LIFE("end-of-life"),
    /** No vulnerability in practice: of examples, of debug builds, disputed. */
    UNIMPORTANT("unimportant");

    private final String word;

    Urgency(String word) {
        this.word = word;
    }

    /** What the tracker's word means; words with asterisks were guessed from a score, and words that nobody knows are no judgement. */
    static Urgency of(String trackerWord) {
        String plain = trackerWord.replace("*", "");
        for (Urgency urgency : values()) {
            if (urgency.word.equals(plain)) {
                return urgency;
            }
        }
        return NOT_YET_ASSIGNED;
    }

    /** Whether it is as urgent as {@code other}, or more. */
    public boolean isAtLeast(Urgency other) {
        return compareTo(other) <= 0;
    }

    /** The tracker's word. */
    @Override
    public String toString() {
        return word;
    }
}
