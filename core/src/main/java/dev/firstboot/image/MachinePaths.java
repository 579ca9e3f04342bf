package dev.firstboot.image;

/** Where a machine made of an image keeps what Firstboot writes on it. */
public final class MachinePaths {
    /** All state; it rolls back with the system. */
    public static final String STATE = "/var/lib/firstboot";

    /** Secrets, one directory for each recipe: see {@link Secret#file(String)}. */
    public static final String SECRETS = STATE + "/secrets";

    /** Stamps of what is done once. */
    public static final String DONE = STATE + "/done";

    /** The stamp of a machine that has been ready at least once. */
    public static final String READY = DONE + "/ready";

    private MachinePaths() {}
}
