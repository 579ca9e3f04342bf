package dev.firstboot.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void toString_twoSections_alignsEachByItself() {
        Table table = new Table("a title")
                .row("✓", "first", "1 s")
                .row("✗", "second thing", "10 s")
                .section()
                .row("image", "12 MiB");

        assertThat(table).hasToString("""
                        ┌───────────────────────┐
                        │ a title               │
                        ├───────────────────────┤
                        │ ✓  first         1 s  │
                        │ ✗  second thing  10 s │
                        ├───────────────────────┤
                        │ image  12 MiB         │
                        └───────────────────────┘
                        """);
    }
}
