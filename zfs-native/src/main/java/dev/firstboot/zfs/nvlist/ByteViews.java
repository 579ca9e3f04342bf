package dev.firstboot.zfs.nvlist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers within arrays of bytes, little-endian, at any place. */
final class ByteViews {
    static final VarHandle SHORTS = of(short[].class);
    static final VarHandle INTS = of(int[].class);
    static final VarHandle LONGS = of(long[].class);

    private ByteViews() {}

    private static VarHandle of(Class<?> numbers) {
        return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.LITTLE_ENDIAN);
    }
}
