package dev.firstboot.image;

/** Paths where Firstboot keeps its files on a machine. */
public final class MachinePaths {
    /** All state; rolls back with the system. */
    public static final String STATE = "/var/lib/firstboot";

    /** Secrets, one directory for each recipe: see {@link Secret#file(String)}. */
    public static final String SECRETS = STATE + "/secrets";

    /** Stamps of what runs only once. */
    public static final String DONE = STATE + "/done";

    /** The stamp that exists once the machine has been ready. */
    public static final String READY = DONE + "/ready";

    private MachinePaths() {}
}
