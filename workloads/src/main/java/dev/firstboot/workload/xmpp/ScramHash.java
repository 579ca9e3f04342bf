package dev.firstboot.workload.xmpp;

/** The hash of SCRAM (RFC 5802), which stores and verifies a password without sending it. */
public enum ScramHash {
    /** Supported by every client: the mechanism that RFC 6120 makes mandatory. */
    SHA1("sha"),
    /** RFC 7677. A client without support cannot log in, because PLAIN is off. */
    SHA256("sha256"),
    /** A client without support cannot log in, because PLAIN is off. */
    SHA512("sha512");

    private final String ejabberdName;

    ScramHash(String ejabberdName) {
        this.ejabberdName = ejabberdName;
    }

    String ejabberdName() {
        return ejabberdName;
    }
}
