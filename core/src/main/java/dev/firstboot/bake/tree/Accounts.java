package dev.firstboot.bake.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The users and groups of a tree: passwd(5), group(5), shadow(5) and gshadow(5), kept in their own order. New system users get the first number from
 * 300 up that is free as user and as group, so that it does not depend on anything else; their password is locked. All accounts get the date of the
 * overlay. Not thread-safe.
 */
public final class Accounts {
    public static final String PASSWD = "/etc/passwd";
    public static final String GROUP = "/etc/group";
    public static final String SHADOW = "/etc/shadow";
    public static final String GSHADOW = "/etc/gshadow";

    private static final int FIRST = 300;
    private static final int LAST = 899;
    private static final int SHADOW_GROUP = 42;
    /** Neither a hash nor empty: no password matches it. */
    private static final String LOCKED = "!*";

    private static final long DAY = Overlay.TIME / 86_400;

    private final Map<String, String[]> passwd;
    private final Map<String, String[]> group;
    private final Map<String, String[]> shadow;
    private final Map<String, String[]> gshadow;

    private Accounts(Tree tree) {
        passwd = table(tree, PASSWD, 7);
        group = table(tree, GROUP, 4);
        shadow = table(tree, SHADOW, 9);
        shadow.values().stream().filter(Accounts::hasDay).forEach(fields -> fields[2] = Long.toString(DAY));
        gshadow = table(tree, GSHADOW, 4);
    }

    /**
     * Returns whether it has the day of the last password change, which is when the account was created. 0 means that the password must be changed.
     */
    private static boolean hasDay(String... fields) {
        return fields[2].matches("[1-9][0-9]*");
    }

    /** Returns the accounts of a tree that was read with the text of the four files. */
    public static Accounts of(Tree tree) {
        return new Accounts(tree);
    }

    /** Returns whether {@link #of(Tree)} needs the text of this file. */
    public static boolean needs(String path) {
        return path.equals(PASSWD) || path.equals(GROUP) || path.equals(SHADOW) || path.equals(GSHADOW);
    }

    public OptionalInt uid(String user) {
        return number(passwd, user);
    }

    public OptionalInt gid(String groupName) {
        return number(group, groupName);
    }

    /** Returns the home directory of a user; empty if the user does not exist. */
    public Optional<String> home(String user) {
        return Optional.ofNullable(passwd.get(user)).map(fields -> fields[5]);
    }

    /** Returns the names of all users, sorted. */
    public List<String> users() {
        return List.copyOf(new TreeSet<>(passwd.keySet()));
    }

    /** Returns the names of all groups, sorted. */
    public List<String> groups() {
        return List.copyOf(new TreeSet<>(group.keySet()));
    }

    /** Adds a system user with a group of the same name, unless it exists. */
    public void addUser(String name, String home) {
        if (passwd.containsKey(name)) {
            return;
        }
        int uid = free();
        int gid = gid(name).orElse(uid);
        if (!group.containsKey(name)) {
            group.put(name, new String[] {name, "x", Integer.toString(gid), ""});
            gshadow.put(name, new String[] {name, LOCKED, "", ""});
        }
        passwd.put(
                name,
                new String[] {name, "x", Integer.toString(uid), Integer.toString(gid), "", home, "/usr/sbin/nologin"});
        shadow.put(name, new String[] {name, LOCKED, Long.toString(DAY), "", "", "", "", "", ""});
    }

    /** Adds a user to a group; both must exist. */
    public void addMember(String user, String groupName) {
        addMember(group, user, groupName);
        if (gshadow.containsKey(groupName)) {
            addMember(gshadow, user, groupName);
        }
    }

    /** Locks the user's password, whatever it was, so that none opens the account. */
    public void lock(String user) {
        String[] fields = shadow.get(user);
        if (fields != null && !fields[1].equals("*")) {
            fields[1] = LOCKED;
        }
    }

    /** Adds the four files to the overlay. */
    public void writeTo(Overlay overlay) {
        overlay.text(PASSWD, 0644, text(passwd));
        overlay.text(GROUP, 0644, text(group));
        overlay.file(SHADOW, 0640, 0, gid("shadow").orElse(SHADOW_GROUP), bytes(shadow));
        overlay.file(GSHADOW, 0640, 0, gid("shadow").orElse(SHADOW_GROUP), bytes(gshadow));
    }

    private static void addMember(Map<String, String[]> table, String user, String groupName) {
        String[] fields = table.get(groupName);
        if (fields == null) {
            throw new TreeException("there is no group " + groupName);
        }
        List<String> members = new ArrayList<>(fields[3].isEmpty() ? List.of() : Arrays.asList(fields[3].split(",")));
        if (!members.contains(user)) {
            members.add(user);
            fields[3] = String.join(",", members);
        }
    }

    private int free() {
        for (int id = FIRST; id <= LAST; id++) {
            if (!taken(passwd, id) && !taken(group, id)) {
                return id;
            }
        }
        throw new TreeException("there is no free number for a system user from " + FIRST + " to " + LAST);
    }

    private static boolean taken(Map<String, String[]> table, int id) {
        return table.values().stream().anyMatch(fields -> fields[2].equals(Integer.toString(id)));
    }

    private static OptionalInt number(Map<String, String[]> table, String name) {
        String[] fields = table.get(name);
        return fields == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(fields[2]));
    }

    private static Map<String, String[]> table(Tree tree, String path, int columns) {
        String text = tree.text(path)
                .orElseThrow(() -> new TreeException(
                        "the installed system has no " + path + ": it is not a whole Debian; bake it again"));
        Map<String, String[]> table = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank()) {
                String[] fields = Arrays.copyOf(line.split(":", -1), columns);
                for (int i = 0; i < columns; i++) {
                    fields[i] = fields[i] == null ? "" : fields[i];
                }
                table.put(fields[0], fields);
            }
        }
        return table;
    }

    private static byte[] bytes(Map<String, String[]> table) {
        return text(table).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Map<String, String[]> table) {
        StringBuilder text = new StringBuilder();
        table.values().forEach(fields -> text.append(String.join(":", fields)).append('\n'));
        return text.toString();
    }
}
