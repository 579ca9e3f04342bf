package dev.firstboot.zfs.internal.ffi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code zfs get -H} prints: a line for each property, with tabs between the columns. It prints a value as it is, and a value may have tabs and line
 * breaks of its own. So the rows are asked for without their values first, and lines are believed only if they are those rows, one by one.
 */
final class CommandTable {
    private CommandTable() {}

    /**
     * The values in lines of which all else is known.
     *
     * @param before what comes before the value in each line, its tab included
     * @param after what comes behind it, its tab included
     * @return nothing if there are other lines than these: a value has a tab or a line break in it, or a property came or went
     */
    static Optional<List<String>> values(String text, List<String> before, List<String> after) {
        String[] lines = text.split("\n", -1);
        if (lines.length != before.size() + 1 || !lines[before.size()].isEmpty()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            String line = lines[i];
            int end = line.length() - after.get(i).length();
            if (!line.startsWith(before.get(i))
                    || !line.endsWith(after.get(i))
                    || end < before.get(i).length()) {
                return Optional.empty();
            }
            String value = line.substring(before.get(i).length(), end);
            if (value.indexOf('\t') >= 0) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }

    /** The value of one column of one property, whatever is in it. */
    static String one(String column, String property, String dataset) {
        String said = Programs.output(dataset, "zfs", "get", "-Hp", "-o", column, property, dataset);
        return said.endsWith("\n") ? said.substring(0, said.length() - 1) : said;
    }
}
