package dev.firstboot.workload.xmpp;

/** The hash of SCRAM (RFC 5802), by which an account's password is kept and proven without being sent. */
public enum ScramHash {
    /** What every client can do: the mechanism RFC 6120 makes mandatory. */
    SHA1("sha"),
    /** RFC 7677. A client that cannot do it sends the password itself, inside TLS. */
    SHA256("sha256"),
    /** A client that cannot do it sends the password itself, inside TLS. */
    SHA512("sha512");

    private final String ejabberdName;

    ScramHash(String ejabberdName) {
        this.ejabberdName = ejabberdName;
    }

    String ejabberdName() {
        return ejabberdName;
    }
}
