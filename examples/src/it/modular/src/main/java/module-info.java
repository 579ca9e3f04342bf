/** An application on the module path. */
module shop {
    requires dev.firstboot.core;
    requires dev.firstboot.workloads;
}
