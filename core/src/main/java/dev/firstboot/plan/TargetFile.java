package dev.firstboot.plan;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that a result becomes. Its manifest goes beside it.
 *
 * @param path where it goes
 * @param replace whether a file that is there is replaced, once the new one is whole
 * @param form how it is written
 */
public record TargetFile(Path path, boolean replace, Form form) {
    public TargetFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(form, "form");
    }

    /** How a result is written. */
    public enum Form {
        /** As it was made, readable as the umask has it. */
        AS_MADE,
        /** As it was made, readable and writable by its owner alone (mode 0600). */
        PRIVATE,
        /** A disk, byte for byte, readable and writable by its owner alone (mode 0600). */
        RAW_DISK
    }

    /** A file as it was made, where none is yet. */
    public static TargetFile at(Path path) {
        return new TargetFile(path, false, Form.AS_MADE);
    }

    /** The same, replacing what is there. */
    public TargetFile replaceExisting() {
        return new TargetFile(path, true, form);
    }

    /** The same in another form. */
    public TargetFile form(Form newForm) {
        return new TargetFile(path, replace, newForm);
    }
}
