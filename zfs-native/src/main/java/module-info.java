/** ZFS from Java; see {@link dev.firstboot.zfs}. */
@SuppressWarnings("requires-automatic") // jnr-ffi and lz4-java have stable module names but no descriptors
module dev.firstboot.zfs {
    requires org.jnrproject.ffi;
    // jnr-ffi needs it, but has no descriptor that says so: without it, jnr-ffi silently uses slow reflective proxies.
    requires org.objectweb.asm;
    requires org.lz4.java;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;
    // Needed only to compress pool images with Zstandard.
    requires static com.github.luben.zstd_jni;

    exports dev.firstboot.zfs;
    exports dev.firstboot.zfs.error;
    exports dev.firstboot.zfs.nvlist;
    exports dev.firstboot.zfs.poolimage;
    exports dev.firstboot.zfs.poolimage.tree;
    exports dev.firstboot.zfs.property;
    exports dev.firstboot.zfs.stream;

    // jnr-ffi generates the class that implements a binding interface at run time, in an unnamed module, which a
    // qualified opens cannot name.
    opens dev.firstboot.zfs.internal.ffi;
}
