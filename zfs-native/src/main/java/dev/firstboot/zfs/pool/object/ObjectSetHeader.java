package dev.firstboot.zfs.pool.object;

import dev.firstboot.zfs.pool.format.ObjectType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The block at the root of an object set: {@code objset_phys_t} in {@code include/sys/dmu_objset.h}. */
final class ObjectSetHeader {
    /** {@code OBJSET_PHYS_SIZE_V3}. */
    static final int SIZE = 4096;

    private static final int TYPE = 704;

    private ObjectSetHeader() {}

    static byte[] of(int type, Content metaDnode) {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        Dnode.of(ObjectType.DNODE, metaDnode).writeTo(buffer, 0);
        buffer.putLong(TYPE, type);
        return buffer.array();
    }
}
