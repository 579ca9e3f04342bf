package dev.firstboot.zfs.internal.ffi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** C memory for one call: it lives until the scope is closed, whatever the garbage collector does. Not thread-safe. */
final class Scope implements AutoCloseable {
    /** The most levels of nested lists that the kernel takes ({@code nvpair.c}). A deeper list would abort the process in {@code fnvlist_pack}. */
    private static final int DEEPEST = 18;

    private static final int XDR = 1;

    private final LibC c = Library.c();
    private final List<Pointer> memory = new ArrayList<>(8);
    private final List<Pointer> lists = new ArrayList<>(4);
    private final Map<Pointer, Integer> secrets = new HashMap<>();
    private boolean closed;

    /** Allocates zeroed memory: {@code calloc(3)}. */
    Pointer zeros(long size) {
        Pointer made = c.calloc(1, Math.max(1, size));
        if (made == null) {
            throw new OutOfMemoryError("no " + size + " bytes outside of the heap");
        }
        memory.add(made);
        return made;
    }

    Pointer bytes(byte[] bytes) {
        Pointer made = zeros(bytes.length);
        made.put(0, bytes, 0, bytes.length);
        return made;
    }

    /** Copies bytes into memory that is wiped when the scope is closed. */
    @Nullable
    Pointer secret(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        Pointer made = bytes(bytes);
        secrets.put(made, bytes.length);
        return made;
    }

    /** Copies a text into a C string. */
    Pointer string(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a string of C cannot hold a NUL: '" + text + "'");
        }
        byte[] bytes = text.getBytes(UTF_8);
        Pointer made = zeros(bytes.length + 1L);
        made.put(0, bytes, 0, bytes.length);
        return made;
    }

    /** Copies a text into a C string; a null pointer if there is none. */
    @Nullable
    Pointer stringOrNull(@Nullable String text) {
        return text == null ? null : string(text);
    }

    /** Creates a list of libnvpair; a null pointer if there is none. */
    @Nullable
    Pointer listOrNull(@Nullable NvList list) {
        return list == null ? null : list(list);
    }

    /** Creates a list of libnvpair: {@code nvlist_unpack}. */
    Pointer list(NvList list) {
        checkDepth(list, 1);
        byte[] packed = list.encode(NvEncoding.XDR);
        Pointer buffer = zeros(packed.length);
        buffer.put(0, packed, 0, packed.length);
        Pointer result = out();
        int error = Library.nvpair().nvlist_unpack(buffer, packed.length, result, 0);
        Pointer made = error == 0 ? result.getPointer(0) : null;
        if (made == null) {
            throw new IllegalArgumentException("libnvpair does not take this list (errno " + error + "): " + list);
        }
        lists.add(made);
        return made;
    }

    private static void checkDepth(NvList list, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "lists go too deep inside each other for the kernel: at most " + DEEPEST);
        }
        for (NvPair pair : list.pairs()) {
            switch (pair.type()) {
                case NVLIST -> checkDepth((NvList) pair.value(), depth + 1);
                case NVLIST_ARRAY -> {
                    for (Object inner : (List<?>) pair.value()) {
                        checkDepth((NvList) inner, depth + 1);
                    }
                }
                default -> {}
            }
        }
    }

    /** Allocates room for one pointer or number that a call returns. */
    Pointer out() {
        return zeros(Long.BYTES);
    }

    /** Returns the list that a call left in {@code out}; empty if it left none. The scope frees it when it is closed. */
    Optional<NvList> taken(Pointer out) {
        Pointer list = out.getPointer(0);
        if (list == null || list.address() == 0) {
            return Optional.empty();
        }
        out.putAddress(0, 0);
        lists.add(list);
        Pointer size = out();
        check("nvlist_size", Library.nvpair().nvlist_size(list, size, XDR));
        Pointer buffer = zeros(size.getLong(0));
        Pointer at = out();
        at.putPointer(0, buffer);
        check("nvlist_pack", Library.nvpair().nvlist_pack(list, at, size, XDR, 0));
        byte[] packed = new byte[Math.toIntExact(size.getLong(0))];
        buffer.get(0, packed, 0, packed.length);
        return Optional.of(NvList.decode(packed));
    }

    private static void check(String function, int error) {
        if (error != 0) {
            throw new IllegalStateException(function + " failed with errno " + error + " on a list of libzfs_core's");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (Pointer list : lists) {
                Library.nvpair().nvlist_free(list);
            }
            secrets.forEach((secret, length) -> secret.setMemory(0, length, (byte) 0));
            memory.forEach(c::free);
        }
    }
}
