package dev.firstboot.zfs.poolimage.block;

import java.util.Optional;

/** Checks whether the library for Zstandard can be used: {@code com.github.luben:zstd-jni}, an optional dependency. */
public final class ZstdLibrary {
    private ZstdLibrary() {}

    /** Returns what is wrong with the library; empty if it can be used. */
    public static Optional<String> problem() {
        try (Zstd loaded = new Zstd(1)) {
            byte[] block = new byte[512];
            loaded.compress(block, block.length, new byte[block.length], block.length);
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(
                    "compression=zstd needs com.github.luben:zstd-jni, an optional dependency, among the libraries of the program ("
                            + e + ")");
        }
    }
}
