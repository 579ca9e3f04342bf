package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsUnsupportedException;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Pointer;

/** Calls the functions of libzfs_core: the one place where their errors become exceptions. */
final class Calls {
    private Calls() {}

    /** A call that returns only an errno. */
    interface Body {
        int run(LibZfsCore library, Scope scope);
    }

    /** A call that also leaves a list in {@code out}. */
    interface Listing {
        int run(LibZfsCore library, Scope scope, Pointer out);
    }

    static void call(String function, String subject, Body body) {
        try (Scope scope = new Scope()) {
            check(function, subject, run(function, body, scope), List.of());
        }
    }

    /** Makes a call for many items, which fails as a whole. Returns the failures of single items that it reports although it succeeded. */
    static List<ItemFailure> batch(String function, String subject, Listing body) {
        try (Scope scope = new Scope()) {
            Pointer out = scope.out();
            int error = run(function, (library, inner) -> body.run(library, inner, out), scope);
            List<ItemFailure> items = scope.taken(out).map(Calls::failures).orElse(List.of());
            check(function, subject, error, items);
            return items;
        }
    }

    /** Makes a call that returns a list; empty if it leaves none. */
    static NvList list(String function, String subject, Listing body) {
        try (Scope scope = new Scope()) {
            Pointer out = scope.out();
            int error = run(function, (library, inner) -> body.run(library, inner, out), scope);
            Optional<NvList> list = scope.taken(out);
            check(function, subject, error, List.of());
            return list.orElse(NvList.empty());
        }
    }

    /** Makes a call that returns a 64-bit number. */
    static long number(String function, String subject, Listing body) {
        try (Scope scope = new Scope()) {
            Pointer out = scope.out();
            check(
                    function,
                    subject,
                    run(function, (library, inner) -> body.run(library, inner, out), scope),
                    List.of());
            return out.getLong(0);
        }
    }

    /** Runs a call and returns its errno. */
    static int run(String function, Body body, Scope scope) {
        LibZfsCore library = Library.open();
        try {
            return body.run(library, scope);
        } catch (UnsatisfiedLinkError e) {
            throw ZfsUnsupportedException.missing(function);
        }
    }

    static void check(String function, String subject, int error, List<ItemFailure> items) {
        if (error != 0) {
            throw ZfsCallException.of(function, subject, new Errno(error), items);
        }
    }

    /** Reads the errors of items: numbers by the item's name, in some calls one list deeper. */
    static List<ItemFailure> failures(NvList errors) {
        List<ItemFailure> items = new ArrayList<>();
        for (NvPair pair : errors.pairs()) {
            switch (pair.type()) {
                case INT32, INT64, UINT64, UINT32 ->
                    items.add(new ItemFailure(pair.name(), new Errno(((Number) pair.value()).intValue())));
                case NVLIST -> items.addAll(failures((NvList) pair.value()));
                default -> {}
            }
        }
        return items;
    }
}
