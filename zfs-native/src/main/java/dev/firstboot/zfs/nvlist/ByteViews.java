package dev.firstboot.zfs.nvlist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and writes little-endian numbers at any offset of a byte array. */
final class ByteViews {
    static final VarHandle SHORTS = of(short[].class);
    static final VarHandle INTS = of(int[].class);
    static final VarHandle LONGS = of(long[].class);

    private ByteViews() {}

    private static VarHandle of(Class<?> numbers) {
        return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.LITTLE_ENDIAN);
    }
}
