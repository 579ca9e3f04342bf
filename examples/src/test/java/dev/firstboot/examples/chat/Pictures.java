package dev.firstboot.examples.chat;

import java.util.Base64;

/** Pictures for avatars. */
final class Pictures {
    /** One pixel. */
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Pictures() {}
}
