package dev.firstboot.internal.tool;

import java.nio.file.Path;

/** Where this user keeps files that can be made again. */
public final class UserCache {
    private UserCache() {}

    /** Returns Firstboot's own directory: {@code $XDG_CACHE_HOME/firstboot} or {@code ~/.cache/firstboot}; it need not exist. */
    public static Path directory() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg != null && xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("firstboot");
    }
}
