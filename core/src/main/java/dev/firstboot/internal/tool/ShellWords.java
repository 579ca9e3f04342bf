package dev.firstboot.internal.tool;

/** Words for a POSIX shell. */
public final class ShellWords {
    private ShellWords() {}

    /** {@code word} so that a shell takes it as one word, whatever is in it. */
    public static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
