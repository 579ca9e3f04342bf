package dev.firstboot.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FileChangeTest {
    @Test
    void of_pathWithBlankBackslashAndUmlaut_isThatPath() {
        assertThat(FileChange.of("+", "/srv/a\\0040b\\0134c\\0303\\0244", null).path())
                .isEqualTo("/srv/a b\\cä");
        assertThat(FileChange.of("M", "/ends\\004", null).path()).isEqualTo("/ends\\004");
    }

    @Test
    void of_renamed_hasBothNames() {
        FileChange change = FileChange.of("R", "/a", "/b");

        assertThat(change.kind()).isEqualTo(FileChange.Kind.RENAMED);
        assertThat(change.newPath()).contains("/b");
        assertThat(change).hasToString("RENAMED /a to /b");
    }

    /** Whoever may create a file may write what he likes into a log otherwise. */
    @Test
    void toString_nameWithLineBreak_isOneLine() {
        FileChange change = FileChange.of("+", "/tmp/x\\0012REMOVED\\0040/etc/shadow\\0033", null);

        assertThat(change.path()).isEqualTo("/tmp/x\nREMOVED /etc/shadow\033");
        assertThat(change).hasToString("ADDED /tmp/x\\0012REMOVED /etc/shadow\\0033");
    }

    @Test
    void of_unknownLetter_isRefused() {
        assertThatThrownBy(() -> FileChange.of("?", "/a", null)).isInstanceOf(IllegalArgumentException.class);
    }
}
