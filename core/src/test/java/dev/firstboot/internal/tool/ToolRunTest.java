package dev.firstboot.internal.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolRunTest {
    private static final Tool SH = Tool.of("sh", "dash");

    @Test
    void toString_words_areAsTyped() {
        assertThat(SH.run("-c", "echo $0", "it's")).hasToString("sh -c 'echo $0' 'it'\\''s'");
    }

    /** Whoever reads of a failure looks for what failed and the way out, not for a hundred lines of a script. */
    @Test
    void toString_script_isItsBeginning() {
        assertThat(SH.run("-c", "# Does it.\nset -eu\nexec false\n", "x")).hasToString("sh -c '# Does it. …' x");
        assertThat(SH.run("-c", "#".repeat(1000) + "\nfalse").toString()).hasSizeLessThan(100);
    }
}
