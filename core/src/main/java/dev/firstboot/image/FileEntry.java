package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file, directory or symbolic link that a recipe adds to an image. It replaces what a package installed at the same path. The factories set owner
 * root and the usual mode; {@link #mode(int)} and {@link #owner(String, String)} return changed copies.
 *
 * @param path its path in the image
 * @param content its content
 * @param mode permission bits; ignored for a symbolic link
 * @param owner user name; must exist in the image, created by a package or by the recipe
 * @param group group name; must exist as well
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record FileEntry(UnixPath path, Content content, FileMode mode, String owner, String group) {
    /** Resources up to this length are stored in the image itself. */
    private static final int INLINE = 1 << 20;

    private static final FileMode PLAIN = FileMode.of(0644);
    private static final FileMode OPEN = FileMode.of(0755);

    public FileEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(mode, "mode");
        Names.unixName("owner of " + path, owner);
        Names.unixName("group of " + path, group);
        if (path.value().equals("/")) {
            throw new IllegalArgumentException("a recipe cannot replace '/' itself");
        }
    }

    /** Returns a text file in UTF-8, mode 0644. */
    public static FileEntry text(String path, String text) {
        return of(path, new Content.Text(text), PLAIN);
    }

    /** Returns a file with arbitrary bytes, mode 0644. They stay in memory and in the image's JSON; use {@link #file} for large files. */
    public static FileEntry bytes(String path, byte[] bytes) {
        return of(path, Content.Bytes.of(bytes), PLAIN);
    }

    /** Returns an executable script, mode 0755. */
    public static FileEntry script(String path, String text) {
        return of(path, new Content.Text(text), OPEN);
    }

    /**
     * Returns a file copied from this host, of any length, mode 0644. It is read now for its digest and length; the image and its JSON store only
     * these and the absolute path. The bake reads it again, and its bytes must be the same.
     *
     * @param source the file on this host; links are followed
     * @throws IllegalArgumentException if it is not a regular file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static FileEntry file(String path, Path source) {
        return of(path, Content.HostFile.of(source), PLAIN);
    }

    /**
     * Returns a file copied from a resource next to {@code anchor}, of any length, mode 0644. A resource of up to 1 MiB becomes part of the image.
     * For a larger one the image and its JSON store class, name, digest and length; the bake reads it again, and its bytes must be the same.
     *
     * @throws IllegalArgumentException if the resource does not exist
     */
    public static FileEntry resource(String path, Class<?> anchor, String name) {
        Content.Resource resource = Content.Resource.of(anchor, name);
        return resource.length() <= INLINE ? bytes(path, Resources.bytes(anchor, name)) : of(path, resource, PLAIN);
    }

    /** Returns a file that the machine itself writes at boot, mode 0600, because templates usually contain secrets. */
    public static FileEntry template(String path, Template template) {
        return of(path, template, FileMode.of(0600));
    }

    /** Returns a directory, mode 0755. */
    public static FileEntry directory(String path) {
        return of(path, new Content.Directory(), OPEN);
    }

    /** Returns a symbolic link to {@code target}. */
    public static FileEntry symlink(String path, String target) {
        return of(path, new Content.Symlink(target), FileMode.of(0777));
    }

    /** Returns a copy with other permission bits, such as {@code 0640}. */
    public FileEntry mode(int bits) {
        return new FileEntry(path, content, FileMode.of(bits), owner, group);
    }

    /** Returns a copy with another owner and group. */
    public FileEntry owner(String newOwner, String newGroup) {
        return new FileEntry(path, content, mode, newOwner, newGroup);
    }

    private static FileEntry of(String path, Content content, FileMode mode) {
        return new FileEntry(UnixPath.of(path), content, mode, "root", "root");
    }
}
