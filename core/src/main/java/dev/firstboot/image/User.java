package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Objects;

/**
 * A system user with a group of the same name, without a password and without a login shell. Users created by Debian packages need not be declared,
 * except to add them to more groups.
 *
 * @param name user name
 * @param home home directory; not created
 * @param groups additional groups, sorted; they must exist in the image
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record User(String name, UnixPath home, List<String> groups) {
    public User {
        Names.unixName("user name", name);
        Objects.requireNonNull(home, "home");
        groups = Objects.requireNonNull(groups, "groups").stream()
                .distinct()
                .sorted()
                .toList();
        groups.forEach(group -> Names.unixName("group name", group));
    }

    /** Returns a user that owns files and runs a service, with home {@code /nonexistent}. */
    public static User system(String name) {
        return new User(name, UnixPath.of("/nonexistent"), List.of());
    }

    public User home(String path) {
        return new User(name, UnixPath.of(path), groups);
    }

    /** Returns a copy whose additional groups are these; they replace earlier ones. */
    public User groups(String... names) {
        return new User(name, home, List.of(Objects.requireNonNull(names, "names")));
    }
}
