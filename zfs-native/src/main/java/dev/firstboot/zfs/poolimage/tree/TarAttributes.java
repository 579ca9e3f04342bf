package dev.firstboot.zfs.poolimage.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extended attributes and access control lists of an entry, from the records of several writers. Refuses what cannot be stored.
 *
 * <p>GNU tar writes {@code SCHILY.xattr.NAME}, with {@code %3D} and {@code %25} for {@code =} and {@code %} in the name. libarchive writes
 * {@code LIBARCHIVE.xattr.NAME}, with the name as in a URL and the value in base 64, and beside it the name in that form after {@code SCHILY.xattr.}. GNU tar
 * writes SELinux's label as {@code RHT.security.selinux}, without the zero byte that ends it on disk.
 */
final class TarAttributes {
    private static final String SCHILY = "SCHILY.xattr.";
    private static final String LIBARCHIVE = "LIBARCHIVE.xattr.";
    private static final String SELINUX = "RHT.security.selinux";
    private static final String ACL = "SCHILY.acl.";
    private static final String FLAGS = "SCHILY.fflags";

    private static final Map<String, String> ACLS =
            Map.of(ACL + "access", PosixAcl.ACCESS, ACL + "default", PosixAcl.DEFAULT);

    private static final Pattern OF_GNU = Pattern.compile("%(3D|25)");
    private static final Pattern OF_URL = Pattern.compile("%([0-9A-Fa-f]{2})");

    private final String what;
    private final Map<String, byte[]> records;
    private final Map<String, byte[]> found = new TreeMap<>();

    private TarAttributes(String what, Map<String, byte[]> records) {
        this.what = what;
        this.records = records;
    }

    /** Returns whether a record is an attribute, or similar data that must not be lost. */
    static boolean isOne(String keyword) {
        return keyword.startsWith(SCHILY)
                || keyword.startsWith(LIBARCHIVE)
                || keyword.startsWith(ACL)
                || keyword.equals(SELINUX)
                || keyword.equals(FLAGS);
    }

    /** Returns the attributes by name. If a writer has one in two forms, takes the unambiguous form. */
    static Map<String, byte[]> of(Map<String, byte[]> records, String what) {
        TarAttributes attributes = new TarAttributes(what, records);
        records.forEach(attributes::add);
        records.forEach(attributes::addList);
        return attributes.found;
    }

    private void add(String keyword, byte[] value) {
        if (keyword.startsWith(LIBARCHIVE)) {
            found.put(decoded(keyword.substring(LIBARCHIVE.length()), OF_URL), base64(keyword, value));
        } else if (keyword.startsWith(SCHILY)) {
            String name = keyword.substring(SCHILY.length());
            if (!records.containsKey(LIBARCHIVE + name)) {
                found.put(decoded(name, OF_GNU), value);
            }
        } else if (keyword.equals(SELINUX)) {
            found.putIfAbsent("security.selinux", Arrays.copyOf(value, value.length + 1));
        } else if (keyword.equals(FLAGS) && value.length > 0) {
            throw refused(keyword, "flags of files are not kept; make the archive with --no-fflags");
        }
    }

    /** Adds an access control list from its text, unless there is one in binary form. */
    private void addList(String keyword, byte[] value) {
        if (!keyword.startsWith(ACL) || value.length == 0) {
            return;
        }
        String name = ACLS.get(keyword);
        if (name == null) {
            throw refused(keyword, "only POSIX access control lists are kept");
        }
        if (!found.containsKey(name)) {
            found.put(name, PosixAcl.ofText(new String(value, StandardCharsets.UTF_8), what));
        }
    }

    private byte[] base64(String keyword, byte[] value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new MalformedTreeException(what + ": the value of " + keyword + " is damaged");
        }
    }

    /** Returns a name with its escaped bytes decoded. */
    private String decoded(String name, Pattern escape) {
        String bytes = escape.matcher(name)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(found.group(1), 16))));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("extended attribute '" + name + "'", "the name is not in UTF-8");
        }
    }

    private MalformedTreeException refused(String keyword, String why) {
        return new MalformedTreeException(what + " has a record " + keyword + ": " + why);
    }
}
