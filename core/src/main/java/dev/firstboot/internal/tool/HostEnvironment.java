package dev.firstboot.internal.tool;

import java.util.Map;
import java.util.Set;

/** The environment of every tool: the caller's language, shell or desktop must not change what a tool does. */
final class HostEnvironment {

    private HostEnvironment() {}

    /** Keeps only variables that say where things are. */
    static void clean(Map<String, String> environment) {
        environment.keySet().retainAll(Set.of("HOME", "TMPDIR"));
        environment.put("PATH", String.join(":", HostPath.directories()));
        environment.put("LC_ALL", "C.UTF-8");
    }
}
