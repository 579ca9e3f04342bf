package dev.firstboot.bake.scan;

/** What a scan can find that an image must not contain, and what to do about each. */
public enum Kind {
    PRIVATE_KEY("a private key", "leave the file out and make the key at first boot, in a step"),
    KEY_STORE("a store of private keys", "leave the file out and make the key at first boot, in a step"),
    SHARED_KEY(
            "a key that is shared in secret",
            "leave the file out; make the key at first boot or have its owner supply it"),
    SSH_HOST_KEY("an SSH host key", "leave the file out; make it at first boot, as ssh-keygen -A does"),
    MACHINE_ID("the identity of one machine", "ship the file empty, so that each machine gets its own"),
    DEVICE_NAME(
            "the name by which one machine is known", "leave the file out and make the name at first boot, in a step"),
    HOST_ID("the host id of one machine", "leave the file out; ZFS does without"),
    POOL_CACHE("the ZFS pools of one machine", "leave the file out; pools are found by scanning"),
    RANDOM_SEED("a random seed that all machines would share", "leave the file out; the kernel makes its own"),
    ERLANG_COOKIE("an Erlang cookie", "leave the file out and render it from a secret of the recipe"),
    DATABASE_CLUSTER(
            "a PostgreSQL cluster, whose identity all machines would share",
            "keep the package from making it (createcluster.conf: create_main_cluster = false) and run initdb at first boot"),
    DATABASE_FILES(
            "the data of MySQL or MariaDB, whose identity and accounts all machines would share",
            "leave the directory out and run mysql_install_db or mariadb-install-db at first boot"),
    PASSWORD_HASH("a password hash", "lock the account; let its owner set a password through a credential"),
    EMPTY_PASSWORD("an account that anyone may enter without a password", "lock the account"),
    PASSWORD("a password", "declare a secret in the recipe and render the file from a template"),
    LIKELY_PASSWORD(
            "what looks like a password",
            "declare a secret in the recipe and render the file from a template; if it is none, allow the file",
            true),
    LOGIN_KEY(
            "who may log in to every machine",
            "supply the keys as a credential, such as ssh.authorized_keys.root; if every machine is to have them, allow the file",
            true),
    TOKEN("an access token", "declare a supplied secret in the recipe and render the file from a template"),
    CERTIFICATE_ACCOUNT(
            "an ACME account or a certificate made by it",
            "leave the directory out; the machine asks for its own certificate"),
    SHELL_HISTORY("what someone typed", "leave the file out"),
    CREDENTIAL_SECRET("systemd's key for credentials", "leave the file out; systemd makes its own"),
    NETWORK_KEY("the key of a network", "leave the file out; the owner supplies it as a credential"),
    KEYTAB("a Kerberos keytab", "leave the file out; the owner supplies it as a credential"),
    CHANGED(
            "is not as its package ships it",
            "if they are the same on every machine, allow the file; else leave it out and make it at first boot",
            true),
    UNEXPLAINED(
            "comes from no package, no recipe and no rule of the bake",
            "if it is the same on every machine, allow the file; else leave it out and make it at first boot",
            true);

    private final String what;
    private final String remedy;
    private final boolean allowable;

    Kind(String what, String remedy) {
        this(what, remedy, false);
    }

    Kind(String what, String remedy, boolean allowable) {
        this.what = what;
        this.remedy = remedy;
        this.allowable = allowable;
    }

    /** Returns what was found, with its article; for a file of unknown origin, a clause. */
    public String what() {
        return what;
    }

    /** Returns what is wrong with a file, as the rest of a sentence that begins with its path. */
    String clause() {
        return this == CHANGED || this == UNEXPLAINED ? what : "holds " + what;
    }

    /** Returns what to do about it. */
    public String remedy() {
        return remedy;
    }

    /** Returns whether a recipe may allow it: because it is a guess, or not a secret. */
    public boolean isAllowable() {
        return allowable;
    }
}
