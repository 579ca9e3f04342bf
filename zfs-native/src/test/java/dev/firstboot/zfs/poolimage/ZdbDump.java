package dev.firstboot.zfs.poolimage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What zdb's dump tells of each file, by path. */
final class ZdbDump {
    private static final Pattern FIELD =
            Pattern.compile("^\t(path|uid|gid|mtime|size|links|mode|rdev|target|parent)\\s+(.*)$", Pattern.MULTILINE);
    private static final Pattern DATASET = Pattern.compile("^Dataset ", Pattern.MULTILINE);
    private static final Pattern ATTRIBUTE = Pattern.compile("^\t\t(\\S+) = (.*)$", Pattern.MULTILINE);

    private final Map<String, Map<String, String>> files = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    ZdbDump(String dump) {
        for (String object : dump.split("    Object  lvl ", -1)) {
            Map<String, String> fields = new HashMap<>();
            Matcher field = FIELD.matcher(object);
            while (field.find()) {
                fields.put(field.group(1), field.group(2).trim());
            }
            Matcher attribute = ATTRIBUTE.matcher(object);
            while (object.contains("SA xattrs:") && attribute.find()) {
                fields.put("xattr " + attribute.group(1), attribute.group(2).trim());
            }
            if (fields.containsKey("path")) {
                files.put(fields.get("path"), fields);
                texts.put(fields.get("path"), object);
            }
        }
    }

    /** Dumps by dataset. */
    static Map<String, ZdbDump> ofAll(String dump) {
        Map<String, ZdbDump> dumps = new HashMap<>();
        for (String dataset : DATASET.splitAsStream(dump).toList()) {
            dumps.put(dataset.substring(0, Math.max(0, dataset.indexOf(' '))), new ZdbDump(dataset));
        }
        return dumps;
    }

    Map<String, String> file(String path) {
        return found(files, path);
    }

    Set<String> paths() {
        return files.keySet();
    }

    /** All that zdb tells of one file, its blocks too. */
    String text(String path) {
        return found(texts, path);
    }

    private static <T> T found(Map<String, T> files, String path) {
        T found = files.get(path);
        if (found == null) {
            throw new AssertionError("zdb tells of no " + path + ", only of " + files.keySet());
        }
        return found;
    }
}
