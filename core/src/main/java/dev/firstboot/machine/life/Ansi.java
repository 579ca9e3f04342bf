package dev.firstboot.machine.life;

import java.util.regex.Pattern;

/** Removes terminal escape codes from text. */
public final class Ansi {
    /** ECMA-48: control sequences, operating system commands up to BEL or ST, and the two-character escapes. */
    private static final Pattern CODES = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|\u001b[ -/]*[0-~]|[\u0000-\u0008\u000b-\u001f\u007f]");

    private Ansi() {}

    public static String strip(String text) {
        return CODES.matcher(text).replaceAll("");
    }
}
