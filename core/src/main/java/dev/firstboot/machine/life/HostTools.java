package dev.firstboot.machine.life;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.MachineException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Runs tools of the host. Failures are {@link MachineException}s: the exceptions of tools stay internal. */
public final class HostTools {
    private HostTools() {}

    public static Path require(String machine, Tool tool) {
        return call(machine, tool.program(), tool::require);
    }

    /** Returns the program and its arguments, to embed in another tool's arguments. */
    public static List<String> words(String machine, ToolRun run) {
        return call(machine, "starting", run::words);
    }

    public static ToolProcess start(String machine, ToolRun run) {
        return call(machine, "starting a tool", run::start);
    }

    public static void execute(String machine, String doing, ToolRun run) {
        call(machine, doing, run::execute);
    }

    public static String text(String machine, String doing, ToolRun run) {
        return call(machine, doing, run::text);
    }

    /** Returns what a failed tool printed and what to do about it, without its command line, which contains scripts. */
    public static String said(Throwable failure) {
        if (!(failure instanceof ToolException e) || e.tail().isEmpty()) {
            return String.valueOf(failure.getMessage());
        }
        return String.join(System.lineSeparator(), e.tail()) + (e.hint() == null ? "" : ". " + e.hint());
    }

    private static <T> T call(String machine, String doing, Supplier<T> how) {
        try {
            return how.get();
        } catch (ToolCancelledException e) {
            throw Interruption.of(machine, doing);
        } catch (ToolException e) {
            throw new MachineException(machine, String.valueOf(e.getMessage()), e);
        }
    }
}
