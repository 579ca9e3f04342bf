package dev.firstboot.zfs.internal.ffi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.Optional;
import jnr.ffi.LastError;
import jnr.ffi.Pointer;

/**
 * {@code zfs_cmd_t} of {@code sys/zfs_ioctl.h}, with which {@code zfs} and {@code libzfs} call the kernel where libzfs_core has no function. Size and offsets
 * are those of x86-64, the same in OpenZFS 2.1 to 2.4 and frozen by an assertion there since 2.4; {@link SelfCheck} tries them on the running kernel.
 */
final class ZfsCommand {
    static final int SIZE = 13744;

    static final int NAME = 0;
    static final int NVLIST_SRC = 4096;
    static final int NVLIST_SRC_SIZE = 4104;
    static final int NVLIST_DST = 4112;
    static final int NVLIST_DST_SIZE = 4120;
    static final int NVLIST_DST_FILLED = 4128;
    static final int VALUE = 4144;
    static final int STRING = 12336;
    static final int GUID = 12592;
    static final int COOKIE = 12616;
    static final int STATS_CREATION_TXG = 12712;
    static final int STATS_GUID = 12720;
    static final int STATS_TYPE = 12728;
    static final int STATS_IS_SNAPSHOT = 12732;
    static final int STATS_INCONSISTENT = 12733;
    static final int SIMPLE = 13668;

    private static final int NAME_SIZE = 4096;
    private static final int FIRST_DST_SIZE = 16 << 10;
    private static final int MOST_DST_SIZE = 1 << 30;
    private static final int ENOMEM = 12;

    private final Scope scope;
    private final Pointer memory;
    private Pointer dst;
    private int dstSize;

    ZfsCommand(Scope scope) {
        this(scope, scope.zeros(SIZE));
    }

    /** Uses memory that the caller owns. */
    ZfsCommand(Scope scope, Pointer memory) {
        this.scope = scope;
        this.memory = memory;
        this.dst = memory;
    }

    ZfsCommand text(int offset, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length >= NAME_SIZE || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name: '" + text + "'");
        }
        memory.put(offset, bytes, 0, bytes.length);
        memory.putByte(offset + bytes.length, (byte) 0);
        return this;
    }

    String text(int offset) {
        return memory.getString(offset, NAME_SIZE, UTF_8);
    }

    ZfsCommand number(int offset, long value) {
        memory.putLong(offset, value);
        return this;
    }

    long number(int offset) {
        return memory.getLong(offset);
    }

    int integer(int offset) {
        return memory.getInt(offset);
    }

    boolean flag(int offset) {
        return memory.getByte(offset) != 0;
    }

    ZfsCommand flag(int offset, boolean value) {
        memory.putByte(offset, (byte) (value ? 1 : 0));
        return this;
    }

    /** Sets the list that the call takes. */
    ZfsCommand source(NvList list) {
        byte[] packed = list.encode(NvEncoding.NATIVE);
        memory.putAddress(NVLIST_SRC, scope.bytes(packed).address());
        memory.putLong(NVLIST_SRC_SIZE, packed.length);
        return this;
    }

    /** Makes room for a list that the call returns; {@link #run} grows it as the kernel asks. */
    ZfsCommand room() {
        return room(FIRST_DST_SIZE);
    }

    private ZfsCommand room(int size) {
        dst = scope.zeros(size);
        dstSize = size;
        return this;
    }

    /** Returns the list that the call returned; empty if there is none. */
    Optional<NvList> result() {
        if (dstSize == 0 || memory.getInt(NVLIST_DST_FILLED) == 0) {
            return Optional.empty();
        }
        byte[] packed = new byte[Math.toIntExact(Math.min(memory.getLong(NVLIST_DST_SIZE), dstSize))];
        dst.get(0, packed, 0, packed.length);
        return Optional.of(NvList.decode(packed));
    }

    /** Makes the call and returns its errno. If there was not enough room, repeats it with more, with the same name and cookie. */
    int run(int request) {
        String name = text(NAME);
        long cookie = number(COOKIE);
        while (true) {
            if (dstSize > 0) {
                memory.putAddress(NVLIST_DST, dst.address());
                memory.putLong(NVLIST_DST_SIZE, dstSize);
                memory.putInt(NVLIST_DST_FILLED, 0);
            }
            int error = Library.c().ioctl(ControlDevice.fd(), request, memory) == 0
                    ? 0
                    : LastError.getLastError(Library.runtime());
            if (error != ENOMEM || dstSize == 0 || dstSize >= MOST_DST_SIZE) {
                return error;
            }
            long wanted = memory.getLong(NVLIST_DST_SIZE);
            room((int) Math.min(MOST_DST_SIZE, Math.max(dstSize * 2L, wanted)));
            text(NAME, name);
            number(COOKIE, cookie);
        }
    }
}
