/** Firstboot's core: from the description of an image to a running machine. */
module dev.firstboot.core {
    requires com.fasterxml.jackson.databind;
    requires dev.firstboot.zfs;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports dev.firstboot;
    exports dev.firstboot.advisory;
    exports dev.firstboot.artifact;
    exports dev.firstboot.bake;
    exports dev.firstboot.image;
    exports dev.firstboot.machine;
    exports dev.firstboot.machine.container;
    exports dev.firstboot.machine.qemu;
    exports dev.firstboot.operate;
    exports dev.firstboot.plan;

    opens dev.firstboot.artifact to
            com.fasterxml.jackson.databind;
    opens dev.firstboot.bake.cache to
            com.fasterxml.jackson.databind;
    opens dev.firstboot.image to
            com.fasterxml.jackson.databind;
}
