package dev.firstboot.bake.scan;

import java.util.Collection;
import java.util.List;

/** Guesses who made a file that no package ships: the package whose scripts name it, or whose directory contains it. */
final class Makers {
    private static final int MOST = 3;

    private final DpkgRecords dpkg;

    Makers(DpkgRecords dpkg) {
        this.dpkg = dpkg;
    }

    /** Returns a clause, such as "made by the install script of munge". */
    String of(String path) {
        if (!dpkg.owners(path).isEmpty()) {
            return "shipped by " + list(dpkg.owners(path)) + " and changed by an install script";
        }
        List<String> naming = dpkg.scriptsWith(path);
        if (!naming.isEmpty()) {
            return "named by the install script of " + list(naming);
        }
        for (String at = parent(path); at.lastIndexOf('/') > 0; at = parent(at)) {
            Collection<String> owners = dpkg.owners(at);
            List<String> scripts = dpkg.scriptsWith(at);
            if (!owners.isEmpty() && owners.size() <= MOST) {
                return "in a directory of " + list(owners);
            } else if (!scripts.isEmpty() && scripts.size() <= MOST) {
                return "its directory is named by the install script of " + list(scripts);
            }
        }
        return "";
    }

    private static String list(Collection<String> names) {
        return String.join(", ", names.stream().limit(MOST).toList())
                + (names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
