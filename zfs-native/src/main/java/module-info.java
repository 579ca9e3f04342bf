/** ZFS from Java; see {@link dev.firstboot.zfs}. */
@SuppressWarnings("requires-automatic") // jnr-ffi and lz4-java have stable module names but no descriptors
module dev.firstboot.zfs {
    requires org.jnrproject.ffi;
    // jnr-ffi has no descriptor that would ask for it; without it, it silently falls back to slow reflective proxies.
    requires org.objectweb.asm;
    requires org.lz4.java;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;
    // Only those who compress with it carry it.
    requires static com.github.luben.zstd_jni;

    exports dev.firstboot.zfs;
    exports dev.firstboot.zfs.error;
    exports dev.firstboot.zfs.nvlist;
    exports dev.firstboot.zfs.poolimage;
    exports dev.firstboot.zfs.poolimage.tree;
    exports dev.firstboot.zfs.property;
    exports dev.firstboot.zfs.stream;

    // jnr-ffi writes the class behind a binding interface at run time, into an unnamed module, which no qualified
    // opens can name.
    opens dev.firstboot.zfs.internal.ffi;
}
