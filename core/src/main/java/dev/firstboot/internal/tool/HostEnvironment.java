package dev.firstboot.internal.tool;

import java.util.Map;
import java.util.Set;

/** The environment of every tool: nothing of the caller's language, shell or desktop may change what a tool does. */
final class HostEnvironment {

    private HostEnvironment() {}

    /** Leaves only what says where things are. */
    static void clean(Map<String, String> environment) {
        environment.keySet().retainAll(Set.of("HOME", "TMPDIR"));
        environment.put("PATH", String.join(":", HostPath.directories()));
        environment.put("LC_ALL", "C.UTF-8");
    }
}
