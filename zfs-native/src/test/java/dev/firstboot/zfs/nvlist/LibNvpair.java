package dev.firstboot.zfs.nvlist;

import dev.firstboot.zfs.FetchedOpenZfs;
import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.byref.NativeLongByReference;
import jnr.ffi.byref.PointerByReference;

/** The real thing, to compare with. It needs no ZFS in the kernel. */
final class LibNvpair {
    /** {@code libnvpair.h}. */
    public interface Calls {
        int nvlist_unpack(Pointer buf, long buflen, PointerByReference nvlp, int kmflag);

        int nvlist_pack(Pointer nvl, PointerByReference bufp, NativeLongByReference buflen, int encoding, int kmflag);

        int nvlist_size(Pointer nvl, NativeLongByReference size, int encoding);

        void nvlist_free(Pointer nvl);

        void free(Pointer buf);
    }

    private static final String SONAME = "libnvpair.so.3";
    private static final Calls CALLS = load();
    private static final Runtime RUNTIME = Runtime.getRuntime(CALLS);

    private LibNvpair() {}

    /** Unpacks and packs again; empty if libnvpair refuses the bytes. */
    static Optional<byte[]> repack(byte[] packed, NvEncoding encoding) {
        Pointer in = Memory.allocateDirect(RUNTIME, packed.length);
        in.put(0, packed, 0, packed.length);
        PointerByReference list = new PointerByReference();
        if (CALLS.nvlist_unpack(in, packed.length, list, 0) != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(pack(list.getValue(), encoding == NvEncoding.XDR ? 1 : 0));
        } finally {
            CALLS.nvlist_free(list.getValue());
        }
    }

    private static byte[] pack(Pointer list, int encoding) {
        PointerByReference out = new PointerByReference();
        NativeLongByReference length = new NativeLongByReference();
        check("nvlist_pack", CALLS.nvlist_pack(list, out, length, encoding, 0));
        NativeLongByReference size = new NativeLongByReference();
        check("nvlist_size", CALLS.nvlist_size(list, size, encoding));
        if (size.longValue() != length.longValue()) {
            throw new AssertionError("nvlist_size tells " + size.longValue() + ", nvlist_pack " + length.longValue());
        }
        byte[] bytes = new byte[length.intValue()];
        out.getValue().get(0, bytes, 0, bytes.length);
        CALLS.free(out.getValue());
        return bytes;
    }

    private static void check(String function, int error) {
        if (error != 0) {
            throw new AssertionError(function + " failed with errno " + error);
        }
    }

    private static Calls load() {
        LibraryLoader<Calls> loader = LibraryLoader.create(Calls.class).option(LibraryOption.LoadNow, true);
        try {
            FetchedOpenZfs.file("libtirpc.so.3").map(Path::toString).ifPresent(loader::library);
            return loader.library(
                            FetchedOpenZfs.file(SONAME).map(Path::toString).orElse(SONAME))
                    .library("c")
                    .failImmediately()
                    .load();
        } catch (LinkageError e) {
            throw new AssertionError(
                    SONAME + " is not on this host: `./dev setup` fetches it, or install zfsutils-linux (contrib)", e);
        }
    }
}
