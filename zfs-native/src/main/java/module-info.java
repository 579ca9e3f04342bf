/** ZFS from Java; see {@link dev.firstboot.zfs}. */
@SuppressWarnings("requires-automatic") // jnr-ffi has a stable module name but no descriptor
module dev.firstboot.zfs {
    requires org.jnrproject.ffi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.firstboot.zfs;

    // jnr-ffi writes the class behind a binding interface at run time, into an unnamed module, which must be able to
    // see
    // the interface. A qualified `opens` cannot name an unnamed module.
    opens dev.firstboot.zfs.internal.ffi;
}
