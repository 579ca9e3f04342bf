package dev.firstboot.plan;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The file for a result. Its manifest goes next to it.
 *
 * @param path where it goes
 * @param replace whether an existing file is replaced, once the new one is complete
 * @param form how the file is written
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record TargetFile(Path path, boolean replace, Form form) {
    public TargetFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(form, "form");
    }

    /** How a result is written. */
    public enum Form {
        /** Unchanged, with permissions from the umask. */
        AS_MADE,
        /** Unchanged; only its owner can read and write it (mode 0600). */
        PRIVATE,
        /** A disk, byte for byte; only its owner can read and write it (mode 0600). */
        RAW_DISK
    }

    /** Returns a target file that is written unchanged, at a path where no file exists yet. */
    public static TargetFile at(Path path) {
        return new TargetFile(path, false, Form.AS_MADE);
    }

    /** Returns a copy that replaces an existing file. */
    public TargetFile replaceExisting() {
        return new TargetFile(path, true, form);
    }

    /** Returns a copy in another form. */
    public TargetFile form(Form newForm) {
        return new TargetFile(path, replace, newForm);
    }
}
