package dev.firstboot.examples.report;

import java.util.ArrayList;
import java.util.List;

/** Text in a box: a title, then sections of rows whose cells line up. Not thread-safe. */
public final class Table {
    private static final int WIDEST = 80;

    private final String title;
    private final List<List<List<String>>> sections = new ArrayList<>();

    public Table(String title) {
        this.title = title;
        section();
    }

    /** Begins another section, below a line. Columns line up within a section. */
    public Table section() {
        sections.add(new ArrayList<>());
        return this;
    }

    /** Adds a row. */
    public Table row(String... cells) {
        sections.get(sections.size() - 1).add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        List<List<String>> blocks = new ArrayList<>();
        blocks.add(List.of(title));
        sections.stream()
                .filter(section -> !section.isEmpty())
                .map(Table::aligned)
                .forEach(blocks::add);
        int width = blocks.stream()
                .flatMap(List::stream)
                .mapToInt(Table::width)
                .max()
                .orElse(0);
        String rule = "─".repeat(width + 2);
        StringBuilder text = new StringBuilder("┌" + rule + "┐\n");
        for (int i = 0; i < blocks.size(); i++) {
            text.append(i == 0 ? "" : "├" + rule + "┤\n");
            blocks.get(i)
                    .forEach(line ->
                            text.append("│ ").append(padded(line, width)).append(" │\n"));
        }
        return text.append("└").append(rule).append("┘\n").toString();
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(padded(row.get(i), widths[i]));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** The beginning of a text that somebody else words, so that it does not make the box wider than a terminal. */
    public static String beginning(String text) {
        return width(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - width(text));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
