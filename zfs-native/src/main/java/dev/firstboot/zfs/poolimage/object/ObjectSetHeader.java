package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The block at the root of an object set: {@code objset_phys_t} in {@code include/sys/dmu_objset.h}. */
final class ObjectSetHeader {
    /** {@code OBJSET_PHYS_SIZE_V3}. */
    static final int SIZE = 4096;

    private static final int TYPE = 704;

    private static final int FLAGS = TYPE + Long.BYTES;

    /** {@code OBJSET_FLAG_USERACCOUNTING_COMPLETE}, also for objects and projects: the first mount has nothing left to count. */
    private static final int ACCOUNTS_COMPLETE = 0b111;

    /** {@code os_userused_dnode}, followed by those of groups and projects. */
    private static final int ACCOUNTS = 1024;

    private ObjectSetHeader() {}

    /** Returns the root of a set with accounts of users, groups and projects, in this order. */
    static byte[] of(int type, Content metaDnode, List<Content> accounts) {
        ByteBuffer buffer = ByteBuffer.wrap(of(type, metaDnode)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(FLAGS, ACCOUNTS_COMPLETE);
        for (int i = 0; i < accounts.size(); i++) {
            Dnode.of(ObjectType.USERGROUP_USED, accounts.get(i)).writeTo(buffer, ACCOUNTS + i * Dnode.SIZE);
        }
        return buffer.array();
    }

    static byte[] of(int type, Content metaDnode) {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        Dnode.of(ObjectType.DNODE, metaDnode).writeTo(buffer, 0);
        buffer.putLong(TYPE, type);
        return buffer.array();
    }
}
