package dev.firstboot.internal.tool;

/** Quotes words for a POSIX shell. */
public final class ShellWords {
    private ShellWords() {}

    /** Returns {@code word} quoted so that a shell reads it as one word, whatever it contains. */
    public static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
