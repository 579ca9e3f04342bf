/** Workloads that come with Firstboot; see {@link dev.firstboot.workload}. */
module dev.firstboot.workloads {
    requires transitive dev.firstboot.core;
    requires static org.jspecify;

    exports dev.firstboot.workload.xmpp;

    // Its scripts are resources.
    opens dev.firstboot.workload.xmpp to
            dev.firstboot.core;
}
