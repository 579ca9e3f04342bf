/** An application on the module path. */
module shop {
    requires dev.firstboot.core;
    requires dev.firstboot.workloads;

    // For the page that Shop puts into its image.
    opens shop to
            dev.firstboot.core;
}
