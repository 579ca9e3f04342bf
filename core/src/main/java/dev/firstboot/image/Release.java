package dev.firstboot.image;

/** The Debian release an image is made of. */
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

    /** The version of OpenZFS in the release itself, without backports. */
    String zfsVersion() {
        return zfsVersion;
    }

    @Override
    public String toString() {
        return "Debian " + version + " (" + suite + ")";
    }
}
