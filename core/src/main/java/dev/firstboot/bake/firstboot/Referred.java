package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.image.Content;
import dev.firstboot.image.Digest;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Bytes that a recipe refers to. They are read once, in pieces, and must match the digest in the recipe. */
final class Referred implements Overlay.Source {
    private static final String AGAIN =
            "put the file back as it was, or build the image again, which takes it as it is now";

    private final Content.Reference reference;
    private final String use;

    Referred(Recipe recipe, FileEntry file, Content.Reference reference) {
        this.reference = reference;
        this.use = reference.where() + ", which recipe " + recipe.name() + " puts at " + file.path() + ",";
    }

    @Override
    public long size() {
        return reference.length();
    }

    /**
     * Writes the bytes.
     *
     * @throws StepException if they are missing or different
     */
    @Override
    public void copyTo(OutputStream out) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        try (InputStream in = open()) {
            byte[] buffer = new byte[1 << 16];
            long left = size();
            for (int n = read(in, buffer); n > 0; n = read(in, buffer)) {
                left -= n;
                if (left < 0) {
                    throw new StepException(use + " has changed: it is longer than " + size() + " bytes", AGAIN);
                }
                sha256.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            if (left > 0) {
                throw new StepException(
                        use + " has changed: it has " + (size() - left) + " bytes, and had " + size(), AGAIN);
            }
        }
        Digest digest = Digest.of(sha256.digest());
        if (!digest.equals(reference.digest())) {
            // The current digest is not shown: whoever sent the image as JSON may have named a file that they are not
            // allowed to read.
            throw new StepException(use + " has changed: its digest is not " + reference.digest() + " any more", AGAIN);
        }
    }

    private InputStream open() {
        try {
            return reference.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream in, byte[] buffer) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while reading " + reference.where());
        }
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private StepException unreadable(IOException e) {
        return new StepException(use + " cannot be read: " + e, AGAIN);
    }
}
