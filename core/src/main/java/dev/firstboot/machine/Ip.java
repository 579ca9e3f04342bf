package dev.firstboot.machine;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import java.util.function.Function;

/** Calls of {@code ip}. */
final class Ip {
    private static final Tool IP = Tool.of("ip", "iproute2");

    private Ip() {}

    static void run(String... arguments) {
        call(ToolRun::execute, arguments);
    }

    static String text(String... arguments) {
        return call(ToolRun::text, arguments);
    }

    private static <T> T call(Function<ToolRun, T> how, String... arguments) {
        try {
            return how.apply(
                    IP.run(arguments).hint("Containers need a kernel with network namespaces, veth and bridge"));
        } catch (ToolCancelledException e) {
            throw MachineException.interrupted("network", "making it");
        } catch (ToolException e) {
            throw new MachineException("network", String.valueOf(e.getMessage()), e);
        }
    }
}
