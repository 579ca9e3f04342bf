package dev.firstboot.image;

/** The Debian release an image is made of. */
public enum Release {
    /** Debian 12, "bookworm": Linux 6.1, systemd 252, OpenZFS 2.1. */
    DEBIAN_12("bookworm", 12),
    /** Debian 13, "trixie": Linux 6.12, systemd 257, OpenZFS 2.3. */
    DEBIAN_13("trixie", 13);

    private final String suite;
    private final int version;

    Release(String suite, int version) {
        this.suite = suite;
        this.version = version;
    }

    /** The name of the suite in a Debian archive. */
    public String suite() {
        return suite;
    }

    /** The name of the suite with newer versions of some packages, made for this release. */
    public String backports() {
        return suite + "-backports";
    }

    /** The number people call it by. */
    public int version() {
        return version;
    }

    @Override
    public String toString() {
        return "Debian " + version + " (" + suite + ")";
    }
}
