package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Counts the bytes and files of each user, group and project: {@code do_userquota_update} and {@code do_userobjquota_update} in
 * {@code module/zfs/dmu_objset.c}. Without these tables, the first mount would write every dnode again to count it. Not thread-safe.
 */
final class SpaceAccounts {
    /** {@code DNODE_MIN_SIZE}: the dnode counts too. */
    private static final int DNODE = 512;

    private static final int POINTERS = 3;

    /** {@code ZFS_DEFAULT_PROJID}: no file is in another project. */
    private static final long PROJECT = 0;

    private final SortedMap<Long, Account> users = new TreeMap<>();
    private final SortedMap<Long, Account> groups = new TreeMap<>();
    private final SortedMap<Long, Account> projects = new TreeMap<>();

    private static final class Account {
        private long bytes;
        private long files;
    }

    /** Adds a file whose blocks take {@code bytes}. */
    void add(long user, long group, long bytes) {
        add(users, user, bytes);
        add(groups, group, bytes);
        add(projects, PROJECT, bytes);
    }

    private static void add(SortedMap<Long, Account> accounts, long owner, long bytes) {
        Account account = accounts.computeIfAbsent(owner, unknown -> new Account());
        account.bytes += bytes + DNODE;
        account.files++;
    }

    /** Writes the tables of users, groups and projects, which are the objects -1, -2 and -3. */
    List<Content> write(ObjectSet set, LongUnaryOperator salts) throws IOException {
        List<Content> contents = new ArrayList<>();
        for (SortedMap<Long, Account> accounts : List.of(users, groups, projects)) {
            Zap zap = new Zap(salts.applyAsLong(-1L - contents.size()));
            accounts.forEach((owner, account) -> {
                zap.add(Long.toHexString(owner), account.bytes);
                zap.add("obj-" + Long.toHexString(owner), account.files);
            });
            contents.add(zap.write(set, ObjectType.USERGROUP_USED, POINTERS));
        }
        return contents;
    }
}
