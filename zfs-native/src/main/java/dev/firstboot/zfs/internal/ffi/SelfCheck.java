package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsUnsupportedException;
import dev.firstboot.zfs.nvlist.MalformedNvListException;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.Optional;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Tries on the running kernel, once, that {@code zfs_cmd_t} is what we take it for: a call whose structure ends where memory ends must not touch more of it,
 * and what the kernel tells of a dataset must stand where we look for it.
 */
final class SelfCheck {
    private static final int PAGE = 4096;
    private static final int PAGES = 4;
    private static final boolean COMMAND = "off".equals(System.getProperty("dev.firstboot.zfs.ioctls"));
    private static final Object CHECKING = new Object();
    private static volatile @Nullable String answer;

    private SelfCheck() {}

    /** Whether it is so. With {@code -Ddev.firstboot.zfs.ioctls=off} lists and properties do without it in any case. */
    static boolean holds() {
        return !COMMAND && answer().isEmpty();
    }

    /**
     * Makes sure of it.
     *
     * @throws ZfsUnsupportedException if the running kernel has another structure
     */
    static void require() {
        String known = answer();
        if (!known.isEmpty()) {
            throw ZfsUnsupportedException.missing("zfs_cmd_t: " + known);
        }
    }

    private static String answer() {
        String known = answer;
        if (known == null) {
            synchronized (CHECKING) {
                known = answer;
                if (known == null) {
                    known = problem();
                    answer = known;
                }
            }
        }
        return known;
    }

    private static String problem() {
        LibC c = Library.c();
        Pointer pages = c.mmap(
                null,
                (PAGES + 1L) * PAGE,
                LibC.PROT_READ | LibC.PROT_WRITE,
                LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS,
                -1,
                0);
        try (Scope scope = new Scope()) {
            c.mprotect(pages.slice((long) PAGES * PAGE), PAGE, LibC.PROT_NONE);
            Pointer atTheEnd = pages.slice((long) PAGES * PAGE - ZfsCommand.SIZE);
            ZfsCommand configs = new ZfsCommand(scope, atTheEnd).room();
            int error = configs.run(ListCalls.ZFS_IOC_POOL_CONFIGS);
            if (error != 0) {
                return "ZFS_IOC_POOL_CONFIGS fails with " + new Errno(error);
            }
            Optional<NvList> pools = configs.result();
            if (pools.isEmpty() || pools.get().isEmpty()) {
                return "";
            }
            return statsProblem(scope, pools.get().pairs().get(0).name());
        } catch (MalformedNvListException e) {
            return "what it returns is no list: " + e.getMessage();
        } finally {
            c.munmap(pages, (PAGES + 1L) * PAGE);
        }
    }

    private static String statsProblem(Scope scope, String pool) {
        ZfsCommand command = new ZfsCommand(scope).text(ZfsCommand.NAME, pool).room();
        int error = command.run(ListCalls.ZFS_IOC_OBJSET_STATS);
        if (error != 0) {
            return "";
        }
        Stats stats = Stats.of(command);
        long guid = stats.properties().nvlist("guid").uint64("value");
        long txg = stats.properties().nvlist("createtxg").uint64("value");
        boolean same = stats.guid() == guid && stats.createTxg() == txg && !stats.snapshot() && !stats.volume();
        return same ? "" : pool + " is told of in another place";
    }
}
