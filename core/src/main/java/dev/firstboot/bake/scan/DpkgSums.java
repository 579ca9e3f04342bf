package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dpkg recorded of the files it unpacked: {@code /var/lib/dpkg/info/*.md5sums}, and the conffiles in {@code status}. */
final class DpkgSums {
    private static final Pattern INFO = Pattern.compile("/var/lib/dpkg/info/[^/]+\\.md5sums");
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{32})  (.+)");
    private static final Pattern CONFFILE = Pattern.compile(" (/\\S+) ([0-9a-f]{32})( obsolete| remove-on-upgrade)*");
    /** Directories that are symbolic links below /usr since Debian 12; dpkg may know a file by either name. */
    private static final Pattern ALIASED = Pattern.compile("(bin|sbin|lib|lib32|lib64|libx32)/.*");

    private final Map<String, String> sums = new HashMap<>();

    /** Whether the file holds sums. */
    boolean wants(String path) {
        return path.equals("/var/lib/dpkg/status") || INFO.matcher(path).matches();
    }

    void add(String path, byte[] content, int length) {
        boolean status = path.endsWith("/status");
        new String(content, 0, length, UTF_8).lines().forEach(line -> {
            Matcher matcher = (status ? CONFFILE : SUM).matcher(line);
            if (matcher.matches()) {
                if (status) {
                    sums.put(matcher.group(1), matcher.group(2));
                } else {
                    String file = matcher.group(2);
                    sums.put((ALIASED.matcher(file).matches() ? "/usr/" : "/") + file, matcher.group(1));
                }
            }
        });
    }

    boolean isAsShipped(String path, String md5) {
        return md5.equals(sums.get(path));
    }
}
