/** Firstboot: from the description of a service to a machine that serves it; see {@link dev.firstboot}. */
module dev.firstboot.core {
    requires com.fasterxml.jackson.databind;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.firstboot;
}
