package dev.firstboot.image;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file, directory or symbolic link that a recipe puts into an image. What a package installed at the same path is replaced.
 * Made by the factories with owner root and the usual mode; {@link #mode(int)} and {@link #owner(String, String)} give changed
 * copies.
 *
 * @param path where it goes
 * @param content what it is
 * @param mode permission bits; of no meaning for a symbolic link
 * @param owner user name, which must exist in the image: made by a package or by the recipe
 * @param group group name, likewise
 */
public record FileEntry(UnixPath path, Content content, FileMode mode, String owner, String group) {
    /** Resources up to this length are in the image itself. */
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

    /** A text file in UTF-8, mode 0644. */
    public static FileEntry text(String path, String text) {
        return of(path, new Content.Text(text), PLAIN);
    }

    /** A file of any bytes, mode 0644. They stay in memory and in the image's JSON; {@link #file} is for large ones. */
    public static FileEntry bytes(String path, byte[] bytes) {
        return of(path, Content.Bytes.of(bytes), PLAIN);
    }

    /** An executable script, mode 0755. */
    public static FileEntry script(String path, String text) {
        return of(path, new Content.Text(text), OPEN);
    }

    /**
     * A file whose bytes are those of a file of this host, of any length, mode 0644. It is read now, for its digest and length, which with its absolute path are all
     * that the image and its JSON hold; and again when it is baked, when its bytes must be the same.
     *
     * @param source the file on this host; links are followed
     * @throws IllegalArgumentException if it is no regular file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static FileEntry file(String path, Path source) {
        return of(path, Content.HostFile.of(source), PLAIN);
    }

    /**
     * A file whose bytes are a resource beside {@code anchor}, of any length, mode 0644. One of up to 1 MiB becomes part of the image. Of a larger one the image and its JSON hold
     * class, name, digest and length; it is read again when it is baked, when its bytes must be the same.
     *
     * @throws IllegalArgumentException if there is no such resource
     */
    public static FileEntry resource(String path, Class<?> anchor, String name) {
        Content.Resource resource = Content.Resource.of(anchor, name);
        return resource.length() <= INLINE ? bytes(path, Resources.bytes(anchor, name)) : of(path, resource, PLAIN);
    }

    /** A file that the machine writes itself at boot, mode 0600: templates usually hold secrets. */
    public static FileEntry template(String path, Template template) {
        return of(path, template, FileMode.of(0600));
    }

    /** A directory, mode 0755. */
    public static FileEntry directory(String path) {
        return of(path, new Content.Directory(), OPEN);
    }

    /** A symbolic link to {@code target}. */
    public static FileEntry symlink(String path, String target) {
        return of(path, new Content.Symlink(target), FileMode.of(0777));
    }

    /** The same with other permission bits, such as {@code 0640}. */
    public FileEntry mode(int bits) {
        return new FileEntry(path, content, FileMode.of(bits), owner, group);
    }

    /** The same with another owner and group. */
    public FileEntry owner(String newOwner, String newGroup) {
        return new FileEntry(path, content, mode, newOwner, newGroup);
    }

    private static FileEntry of(String path, Content content, FileMode mode) {
        return new FileEntry(UnixPath.of(path), content, mode, "root", "root");
    }
}
