package dev.firstboot.image;

/** The Debian release that an image is based on. */
public enum Release {
    /** Debian 12, "bookworm": Linux 6.1, systemd 252, OpenZFS 2.1. */
    DEBIAN_12("bookworm", 12, "2.1.11"),
    /** Debian 13, "trixie": Linux 6.12, systemd 257, OpenZFS 2.3. */
    DEBIAN_13("trixie", 13, "2.3.9");

    private final String suite;
    private final int version;
    private final String zfsVersion;

    Release(String suite, int version, String zfsVersion) {
        this.suite = suite;
        this.version = version;
        this.zfsVersion = zfsVersion;
    }

    /** Returns the name of the suite in a Debian archive. */
    public String suite() {
        return suite;
    }

    /** Returns the name of the backports suite: newer versions of some packages, built for this release. */
    public String backports() {
        return suite + "-backports";
    }

    /** Returns the major version, such as 13. */
    public int version() {
        return version;
    }

    /** Returns the OpenZFS version of the release itself, without backports. */
    String zfsVersion() {
        return zfsVersion;
    }

    @Override
    public String toString() {
        return "Debian " + version + " (" + suite + ")";
    }
}
