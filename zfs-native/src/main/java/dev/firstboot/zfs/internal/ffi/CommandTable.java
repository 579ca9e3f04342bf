package dev.firstboot.zfs.internal.ffi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@code zfs get -H} prints: a line for each property, with tabs between the columns. It does not escape values, which may contain tabs and line
 * breaks. So the rows are first requested without their values, and lines are accepted only if they match those rows one by one.
 */
final class CommandTable {
    private CommandTable() {}

    /**
     * Returns the values in lines whose other columns are known.
     *
     * @param before what comes before the value in each line, its tab included
     * @param after what comes after it, its tab included
     * @return empty if the lines do not match: a value contains a tab or a line break, or a property was added or removed
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

    /** Returns one column of one property, whatever it contains. */
    static String one(String column, String property, String dataset) {
        String said = Programs.output(dataset, "zfs", "get", "-Hp", "-o", column, property, dataset);
        return said.endsWith("\n") ? said.substring(0, said.length() - 1) : said;
    }
}
