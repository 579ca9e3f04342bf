package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attributes of a file: in its dnode and, if they do not fit there, also in a spill block, as {@code zfs_mknode} and {@code sa_build_layouts} do. */
final class FileAttributes {
    private static final long ZFS_ARCHIVE = 0x8_0000_0000L;
    private static final long ZFS_AV_MODIFIED = 0x400_0000_0000L;
    private static final long ZFS_ACL_TRIVIAL = 0x4;
    private static final long ZFS_ACL_AUTO_INHERIT = 0x40;
    private static final long ZFS_NO_EXECS_DENIED = 0x100;
    private static final int ALL_EXECS = 0111;

    /** Less than {@code DXATTR_MAX_SA_SIZE}, because the length of an attribute has 16 bits. */
    private static final int MAX_XATTRS = 0xffff;

    private static final int SECTOR = 512;

    /** The attributes that every buffer of a file starts with. */
    static final List<AttributeId> BEFORE_LINKS = List.of(
            AttributeId.ZPL_MODE,
            AttributeId.ZPL_SIZE,
            AttributeId.ZPL_GEN,
            AttributeId.ZPL_UID,
            AttributeId.ZPL_GID,
            AttributeId.ZPL_PARENT,
            AttributeId.ZPL_FLAGS,
            AttributeId.ZPL_ATIME,
            AttributeId.ZPL_MTIME,
            AttributeId.ZPL_CTIME,
            AttributeId.ZPL_CRTIME);

    /** What the attributes of a file need besides its entry. */
    record Place(long parent, long links, long size, long generation, Instant created) {}

    private final byte[] bonus;
    private final byte @Nullable [] spill;

    private FileAttributes(byte[] bonus, byte @Nullable [] spill) {
        this.bonus = bonus;
        this.spill = spill;
    }

    /** Returns the bonus buffer, which goes into the dnode. */
    byte[] bonus() {
        return bonus;
    }

    /** Returns the spill block; empty if there is none. */
    Optional<byte[]> spill() {
        return Optional.ofNullable(spill);
    }

    static FileAttributes of(TreeEntry entry, Place place, Layouts layouts) {
        Map<AttributeId, byte[]> values = values(entry, place);
        if (AttributeBuffer.size(values) <= Dnode.MAX_BONUS) {
            return new FileAttributes(AttributeBuffer.of(values, layouts), null);
        }
        Map<AttributeId, byte[]> spilled = takeLast(values);
        byte[] bonus = AttributeBuffer.of(values, layouts);
        byte[] spill = AttributeBuffer.of(spilled, layouts);
        byte[] padded = Arrays.copyOf(spill, (spill.length + SECTOR - 1) / SECTOR * SECTOR);
        return new FileAttributes(bonus, padded);
    }

    /** Removes the last attributes, those that do not fit beside a spill pointer, and returns them in order. */
    private static Map<AttributeId, byte[]> takeLast(Map<AttributeId, byte[]> values) {
        Map<AttributeId, byte[]> last = new LinkedHashMap<>(values);
        List<AttributeId> order = List.copyOf(values.keySet());
        for (int kept = order.size(); AttributeBuffer.size(values) > Dnode.MAX_BONUS_WITH_SPILL; kept--) {
            values.remove(order.get(kept - 1));
        }
        last.keySet().removeAll(values.keySet());
        return last;
    }

    private static Map<AttributeId, byte[]> values(TreeEntry entry, Place place) {
        boolean directory = entry.type() == FileType.DIRECTORY;
        byte[] acl = TrivialAcl.of(entry.permissions(), directory);
        Map<AttributeId, byte[]> values = new LinkedHashMap<>();
        values.put(AttributeId.ZPL_MODE, number(entry.type().modeBits() | entry.permissions()));
        values.put(AttributeId.ZPL_SIZE, number(place.size()));
        values.put(AttributeId.ZPL_GEN, number(place.generation()));
        values.put(AttributeId.ZPL_UID, number(entry.owner()));
        values.put(AttributeId.ZPL_GID, number(entry.group()));
        values.put(AttributeId.ZPL_PARENT, number(place.parent()));
        values.put(AttributeId.ZPL_FLAGS, number(flags(entry.permissions(), directory)));
        values.put(AttributeId.ZPL_ATIME, time(entry.times().accessed()));
        values.put(AttributeId.ZPL_MTIME, time(entry.times().modified()));
        values.put(AttributeId.ZPL_CTIME, time(entry.times().changed()));
        values.put(AttributeId.ZPL_CRTIME, time(place.created()));
        values.put(AttributeId.ZPL_LINKS, number(place.links()));
        if (entry.type().isDevice()) {
            values.put(AttributeId.ZPL_RDEV, number(entry.device()));
        }
        values.put(AttributeId.ZPL_DACL_COUNT, number(TrivialAcl.count(acl)));
        values.put(AttributeId.ZPL_DACL_ACES, acl);
        if (entry.type() == FileType.SYMLINK) {
            values.put(AttributeId.ZPL_SYMLINK, entry.target());
        }
        if (!entry.attributes().isEmpty()) {
            values.put(AttributeId.ZPL_DXATTR, extendedAttributes(entry));
        }
        return values;
    }

    private static long flags(int permissions, boolean directory) {
        return ZFS_ARCHIVE
                | ZFS_AV_MODIFIED
                | ZFS_ACL_TRIVIAL
                | (directory ? ZFS_ACL_AUTO_INHERIT : 0)
                | ((permissions & ALL_EXECS) == ALL_EXECS ? ZFS_NO_EXECS_DENIED : 0);
    }

    /** Returns the entry if its extended attributes fit; for one that is written much later. */
    static TreeEntry checked(TreeEntry entry) {
        if (!entry.attributes().isEmpty()) {
            extendedAttributes(entry);
        }
        return entry;
    }

    private static byte[] extendedAttributes(TreeEntry entry) {
        NvListBuilder list = NvList.builder();
        entry.attributes().forEach(list::addByteArray);
        byte[] packed = list.build().encode(NvEncoding.XDR);
        if (packed.length > MAX_XATTRS) {
            throw new MalformedTreeException(entry.path() + ": its extended attributes take " + packed.length
                    + " bytes; more than " + MAX_XATTRS + " are not supported");
        }
        return packed;
    }

    private static byte[] number(long value) {
        return buffer(Long.BYTES).putLong(value).array();
    }

    private static byte[] time(Instant time) {
        return buffer(2 * Long.BYTES)
                .putLong(time.getEpochSecond())
                .putLong(time.getNano())
                .array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
