package dev.firstboot.zfs.poolimage.zpl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The access control list that says the same as a mode: {@code zfs_ace_hdr_t} entries as {@code acl_trivial_access_masks} in
 * {@code zfs_acl.c} derives them.
 */
final class TrivialAcl {
    private static final int READ_DATA = 0x1;
    private static final int WRITE_DATA = 0x2 | 0x4; // and append
    private static final int EXECUTE = 0x20;
    private static final int DELETE_CHILD = 0x40;
    /** What everybody may do: read attributes, named attributes and the list itself, and synchronize. */
    private static final int EVERYBODY = 0x80 | 0x8 | 0x20000 | 0x100000;
    /** What the owner may do besides: write attributes, named attributes, the list and the owner. */
    private static final int OWNER_ONLY = 0x100 | 0x10 | 0x40000 | 0x80000;

    private static final short ALLOW = 0;
    private static final short DENY = 1;
    private static final short OWNER = 0x1000;
    private static final short GROUP = 0x2040;
    private static final short EVERYONE = 0x4000;
    private static final int ENTRY = 8;

    private final ByteBuffer entries = ByteBuffer.allocate(6 * ENTRY).order(ByteOrder.LITTLE_ENDIAN);

    private TrivialAcl() {}

    static byte[] of(int mode, boolean directory) {
        TrivialAcl acl = new TrivialAcl();
        int owner = masks(mode >> 6, directory);
        int group = masks(mode >> 3, directory);
        int others = masks(mode, directory);
        acl.addUnlessEmpty(owner & ~group & others, ALLOW, OWNER);
        acl.addUnlessEmpty(~owner & (group | others), DENY, OWNER);
        acl.addUnlessEmpty(~group & others, DENY, GROUP);
        acl.add(owner | EVERYBODY | OWNER_ONLY, ALLOW, OWNER);
        acl.add(group | EVERYBODY, ALLOW, GROUP);
        acl.add(others | EVERYBODY, ALLOW, EVERYONE);
        byte[] bytes = new byte[acl.entries.position()];
        acl.entries.get(0, bytes);
        return bytes;
    }

    static long count(byte[] acl) {
        return acl.length / ENTRY;
    }

    private static int masks(int rwx, boolean directory) {
        return ((rwx & 4) == 0 ? 0 : READ_DATA)
                | ((rwx & 2) == 0 ? 0 : WRITE_DATA | (directory ? DELETE_CHILD : 0))
                | ((rwx & 1) == 0 ? 0 : EXECUTE);
    }

    private void addUnlessEmpty(int mask, short type, short who) {
        if (mask != 0) {
            add(mask, type, who);
        }
    }

    private void add(int mask, short type, short who) {
        entries.putShort(type).putShort(who).putInt(mask);
    }
}
