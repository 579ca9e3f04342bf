package dev.firstboot.zfs.error;

/** An invalid name of a dataset, snapshot, bookmark, pool, property or hold. No call was made. */
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** Creates an exception that says what is wrong with {@code name}. */
    public InvalidNameException(String name, String why) {
        super("'" + name + "' is not a valid name: " + why);
        this.name = name;
    }

    /** Returns the invalid name. */
    public String name() {
        return name;
    }
}
