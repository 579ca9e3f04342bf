package dev.firstboot.zfs.nvlist;

/** A pair that must be unique in its list occurs twice. */
final class DuplicatePairException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    DuplicatePairException(NvPair pair, Uniqueness uniqueness) {
        this("'" + pair.name() + "' is there twice"
                + (uniqueness == Uniqueness.NAME_AND_TYPE ? " as " + pair.type() : "")
                + "; in this list each may be there once");
    }

    private DuplicatePairException(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
