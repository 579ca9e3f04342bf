package dev.firstboot.benchmarks.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Lists made and read with a call of libnvpair for each pair, as a binding without a codec of its own does it. */
final class NvPairCalls {
    /** {@code libnvpair.h}. */
    public interface LibNvpair {
        int nvlist_alloc(Pointer list, int flags, int kmflag);

        int nvlist_add_uint64(Pointer list, @In String name, long value);

        int nvlist_add_string(Pointer list, @In String name, @In String value);

        int nvlist_add_nvlist(Pointer list, @In String name, Pointer value);

        int nvlist_lookup_uint64(Pointer list, @In String name, @Out Pointer value);

        int nvlist_lookup_string(Pointer list, @In String name, @Out Pointer value);

        int nvlist_lookup_nvlist(Pointer list, @In String name, @Out Pointer value);

        int nvlist_pack(Pointer list, Pointer buffer, Pointer size, int encoding, int kmflag);

        int nvlist_unpack(Pointer buffer, long size, Pointer list, int kmflag);

        void nvlist_free(Pointer list);

        void free(Pointer memory);
    }

    private final LibNvpair library = LibraryLoader.create(LibNvpair.class)
            .failImmediately()
            .library("libnvpair.so.3")
            .library("c")
            .load();
    private final Runtime runtime = Runtime.getRuntime(library);
    private final Pointer out = Memory.allocateDirect(runtime, Long.BYTES);
    private final Pointer size = Memory.allocateDirect(runtime, Long.BYTES);

    private static void check(int error) {
        if (error != 0) {
            throw new IllegalStateException("libnvpair failed with errno " + error);
        }
    }

    private Pointer made() {
        check(library.nvlist_alloc(out, 1, 0));
        return out.getPointer(0);
    }

    byte[] encode(String[] names) {
        Pointer list = made();
        for (int i = 0; i < names.length; i++) {
            Pointer property = made();
            check(library.nvlist_add_uint64(property, "value", i));
            check(library.nvlist_add_string(property, "source", "bench"));
            check(library.nvlist_add_nvlist(list, names[i], property));
            library.nvlist_free(property);
        }
        out.putAddress(0, 0);
        check(library.nvlist_pack(list, out, size, 0, 0));
        Pointer buffer = out.getPointer(0);
        byte[] packed = new byte[(int) size.getLong(0)];
        buffer.get(0, packed, 0, packed.length);
        library.free(buffer);
        library.nvlist_free(list);
        return packed;
    }

    long decode(byte[] packed, String[] names) {
        Pointer buffer = Memory.allocateDirect(runtime, packed.length);
        buffer.put(0, packed, 0, packed.length);
        check(library.nvlist_unpack(buffer, packed.length, out, 0));
        Pointer list = out.getPointer(0);
        long sum = 0;
        for (String name : names) {
            check(library.nvlist_lookup_nvlist(list, name, out));
            Pointer property = out.getPointer(0);
            check(library.nvlist_lookup_uint64(property, "value", out));
            sum += out.getLong(0);
            check(library.nvlist_lookup_string(property, "source", out));
            sum += out.getPointer(0).getString(0, 256, UTF_8).length();
        }
        library.nvlist_free(list);
        return sum;
    }
}
