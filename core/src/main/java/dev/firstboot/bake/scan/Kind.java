package dev.firstboot.bake.scan;

/** What can be found that an image must not hold, and what to do about each. */
public enum Kind {
    PRIVATE_KEY("a private key", "leave the file out and make the key at first boot, in a step"),
    KEY_STORE("a store of private keys", "leave the file out and make the key at first boot, in a step"),
    SSH_HOST_KEY("an SSH host key", "leave the file out; make it at first boot with ssh-keygen -A"),
    MACHINE_ID("the identity of one machine", "ship the file empty, so that each machine gets its own"),
    HOST_ID("the host id of one machine", "leave the file out; ZFS does without"),
    POOL_CACHE("the ZFS pools of one machine", "leave the file out; pools are found by scanning"),
    RANDOM_SEED("a random seed that all machines would share", "leave the file out; the kernel makes its own"),
    ERLANG_COOKIE("an Erlang cookie", "leave the file out and render it from a secret of the recipe"),
    DATABASE_CLUSTER(
            "a PostgreSQL cluster, whose identity all machines would share",
            "keep the package from making it (createcluster.conf: create_main_cluster = false) and run initdb at first boot"),
    PASSWORD_HASH("a password hash", "lock the account; let its owner set a password through a credential"),
    EMPTY_PASSWORD("an account that anyone may enter without a password", "lock the account"),
    PASSWORD("a password", "declare a secret in the recipe and render the file from a template"),
    TOKEN("an access token", "declare a supplied secret in the recipe and render the file from a template"),
    CERTIFICATE_ACCOUNT(
            "an ACME account or a certificate made by it",
            "leave the directory out; the machine asks for its own certificate"),
    SHELL_HISTORY("what someone typed", "leave the file out"),
    CREDENTIAL_SECRET("systemd's key for credentials", "leave the file out; systemd makes its own"),
    NETWORK_KEY("the key of a network", "leave the file out; the owner supplies it as a credential"),
    KEYTAB("a Kerberos keytab", "leave the file out; the owner supplies it as a credential");

    private final String what;
    private final String remedy;

    Kind(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /** What was found, with its article. */
    public String what() {
        return what;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
