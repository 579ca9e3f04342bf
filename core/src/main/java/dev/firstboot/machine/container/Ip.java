package dev.firstboot.machine.container;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.life.HostTools;

/** Runs {@code ip}. */
final class Ip {
    private static final Tool IP = Tool.of("ip", "iproute2");

    private Ip() {}

    static void run(String... arguments) {
        HostTools.execute("network", "making it", call(arguments));
    }

    static String text(String... arguments) {
        return HostTools.text("network", "making it", call(arguments));
    }

    private static ToolRun call(String... arguments) {
        return IP.run(arguments).hint("Containers need a kernel with network namespaces, veth and bridge");
    }
}
