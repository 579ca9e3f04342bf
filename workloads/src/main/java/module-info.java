/** Workloads that come with Firstboot, and the services that workloads share; see {@link dev.firstboot.workload}. */
module dev.firstboot.workloads {
    requires transitive dev.firstboot.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.firstboot.workload.config;
    exports dev.firstboot.workload.nginx;
    exports dev.firstboot.workload.postgresql;
    exports dev.firstboot.workload.tls;
    exports dev.firstboot.workload.xmpp;

    // Their scripts are resources.
    opens dev.firstboot.workload.postgresql to
            dev.firstboot.core;
    opens dev.firstboot.workload.tls to
            dev.firstboot.core;
    opens dev.firstboot.workload.xmpp to
            dev.firstboot.core;
}
