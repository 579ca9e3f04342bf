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

    @Test
    void beginning_longText_isCut() {
        assertThat(Table.beginning("no KVM")).isEqualTo("no KVM");
        assertThat(Table.beginning("é".repeat(81))).isEqualTo("é".repeat(79) + "…");
    }
}
