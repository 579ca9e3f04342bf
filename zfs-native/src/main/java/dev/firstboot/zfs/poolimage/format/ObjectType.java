package dev.firstboot.zfs.poolimage.format;

/** What an object contains: {@code dmu_object_type_t} in {@code include/sys/dmu.h}, as far as the writer uses it. */
public enum ObjectType {
    NONE(0, true),
    OBJECT_DIRECTORY(1, true),
    OBJECT_ARRAY(2, true),
    PACKED_NVLIST(3, true),
    PACKED_NVLIST_SIZE(4, true),
    BPOBJ(5, true),
    BPOBJ_HDR(6, true),
    SPACE_MAP_HEADER(7, true),
    SPACE_MAP(8, true),
    DNODE(10, true),
    OBJSET(11, true),
    DSL_DIR(12, true),
    DSL_DIR_CHILD_MAP(13, true),
    DSL_DS_SNAP_MAP(14, true),
    DSL_PROPS(15, true),
    DSL_DATASET(16, true),
    PLAIN_FILE_CONTENTS(19, false),
    DIRECTORY_CONTENTS(20, true),
    MASTER_NODE(21, true),
    UNLINKED_SET(22, true),
    POOL_PROPS(31, true),
    NEXT_CLONES(37, true),
    USERGROUP_USED(39, true),
    SA(44, true),
    SA_MASTER_NODE(45, true),
    SA_ATTR_REGISTRATION(46, true),
    SA_ATTR_LAYOUTS(47, true),
    DEADLIST(50, true),
    DEADLIST_HDR(51, true),
    DSL_CLONES(52, true),
    /** {@code DMU_OTN_ZAP_METADATA}: a ZAP that needs no type of its own. */
    ZAP_METADATA(0xc4, true);

    private final int code;
    private final boolean metadata;

    ObjectType(int code, boolean metadata) {
        this.code = code;
        this.metadata = metadata;
    }

    /** Returns the number on disk. */
    public int code() {
        return code;
    }

    /** Returns whether the contents are metadata, which OpenZFS always compresses and stores once more than data. */
    public boolean isMetadata() {
        return metadata;
    }

    /** Returns whether a block pointer's fill count counts objects, not blocks: {@code DMU_OT_HAS_FILL}. */
    public boolean countsObjects() {
        return this == DNODE || this == OBJSET;
    }
}
