package dev.firstboot.zfs.poolimage.tree;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX access control list as Linux stores it in an extended attribute: {@code struct posix_acl_xattr_entry} in {@code linux/posix_acl_xattr.h}. Immutable.
 */
final class PosixAcl {
    /** The attribute of the list that grants access. ZFS stores it under this name too ({@code zpl_set_acl}). */
    static final String ACCESS = "system.posix_acl_access";

    /** The attribute of the list that new files in a directory inherit. */
    static final String DEFAULT = "system.posix_acl_default";

    private static final int VERSION = 2;
    private static final int USER_OBJ = 0x01;
    private static final int USER = 0x02;
    private static final int GROUP_OBJ = 0x04;
    private static final int GROUP = 0x08;
    private static final int MASK = 0x10;
    private static final int OTHER = 0x20;
    private static final List<Integer> ORDER = List.of(USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER);
    private static final int NOBODY = -1;

    private static final Pattern TEXT =
            Pattern.compile("(u|user|g|group|m|mask|o|other):([^:]*):([r-])([w-])([x-])(?::([0-9]{1,10}))?");

    private record Entry(int tag, int permissions, int id) {}

    private final List<Entry> entries;

    private PosixAcl(List<Entry> entries) {
        this.entries = entries;
    }

    /** Reads the binary form; empty if Linux does not accept it ({@code posix_acl_valid}). */
    static Optional<PosixAcl> of(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>();
        try {
            if (in.getInt() != VERSION) {
                return Optional.empty();
            }
            while (in.hasRemaining()) {
                entries.add(new Entry(in.getShort() & 0xffff, in.getShort() & 0xffff, in.getInt()));
            }
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
        PosixAcl acl = new PosixAcl(entries);
        return acl.isValid() ? Optional.of(acl) : Optional.empty();
    }

    private boolean isValid() {
        int last = -1;
        for (Entry entry : entries) {
            int place = ORDER.indexOf(entry.tag);
            boolean named = entry.tag == USER || entry.tag == GROUP;
            if (place < last || (place == last && !named) || entry.permissions > 7 || (named && entry.id == NOBODY)) {
                return false;
            }
            last = place;
        }
        return permissions(USER_OBJ).isPresent()
                && permissions(GROUP_OBJ).isPresent()
                && permissions(OTHER).isPresent()
                && (permissions(MASK).isPresent() || isMinimal());
    }

    /** Returns whether it says no more than a mode. */
    boolean isMinimal() {
        return entries.size() == 3;
    }

    /** Returns the nine permission bits of the mode; the group's are those of the mask ({@code posix_acl_equiv_mode}). */
    int mode() {
        int group = permissions(MASK).or(() -> permissions(GROUP_OBJ)).orElse(0);
        return permissions(USER_OBJ).orElse(0) << 6
                | group << 3
                | permissions(OTHER).orElse(0);
    }

    private Optional<Integer> permissions(int tag) {
        return entries.stream()
                .filter(entry -> entry.tag == tag)
                .map(Entry::permissions)
                .findFirst();
    }

    /**
     * Returns the binary form of a list in the text form of acl(5): entries separated by commas or line breaks, each with an optional number after it, as star
     * writes it.
     *
     * @param what the file that has the list, for errors
     */
    static byte[] ofText(String text, String what) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("[,\n]", -1)) {
            String entry = line.replaceFirst("#.*", "").strip();
            if (!entry.isEmpty()) {
                entries.add(entry(entry, what));
            }
        }
        entries.sort(Comparator.comparing((Entry entry) -> ORDER.indexOf(entry.tag))
                .thenComparing(Entry::id, Integer::compareUnsigned));
        PosixAcl acl = new PosixAcl(entries);
        if (!acl.isValid()) {
            throw new MalformedTreeException(what + ": the access control list '" + text + "' is damaged");
        }
        return acl.bytes();
    }

    private static Entry entry(String text, String what) {
        Matcher entry = TEXT.matcher(text);
        if (!entry.matches()) {
            throw new MalformedTreeException(what + ": '" + text + "' in an access control list is damaged");
        }
        int permissions = (entry.group(3).equals("r") ? 4 : 0)
                | (entry.group(4).equals("w") ? 2 : 0)
                | (entry.group(5).equals("x") ? 1 : 0);
        String name = entry.group(2);
        char kind = entry.group(1).charAt(0);
        if (name.isEmpty() || kind == 'm' || kind == 'o') {
            return new Entry(
                    kind == 'u' ? USER_OBJ : kind == 'g' ? GROUP_OBJ : kind == 'm' ? MASK : OTHER, permissions, NOBODY);
        }
        return new Entry(kind == 'u' ? USER : GROUP, permissions, id(name, entry.group(6), text, what));
    }

    /**
     * Returns the number after the entry; else the name, which must be {@code root} or a number, because the users of the future machine are not known here.
     */
    private static int id(String name, @Nullable String behind, String text, String what) {
        String number = behind != null ? behind : name.equals("root") ? "0" : name;
        if (!number.matches("[0-9]{1,10}") || Long.parseLong(number) >= 0xffff_ffffL) {
            throw new MalformedTreeException(what + ": '" + text + "' in an access control list names somebody whose"
                    + " number is not told; make the archive with --xattrs --xattrs-include='*', which keeps numbers");
        }
        return (int) Long.parseLong(number);
    }

    private byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + 2 * Integer.BYTES * entries.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION);
        for (Entry entry : entries) {
            out.putShort((short) entry.tag).putShort((short) entry.permissions).putInt(entry.id);
        }
        return out.array();
    }
}
