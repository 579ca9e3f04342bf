package dev.firstboot.machine;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.internal.tool.UserNamespace;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A machine's own layer over an unpacked archive: overlayfs over an ID-mapped mount, in a mount namespace that ends with the machine. */
final class Layer {
    private static final Logger LOG = LoggerFactory.getLogger(Layer.class);
    private static final Tool PERL = Tool.of("perl", "perl");
    private static final Tool UNSHARE = Tool.of("unshare", "util-linux");
    private static final Tool ENV = Tool.of("env", "coreutils");

    private Layer() {}

    /** Whether the kernel can show the files in {@code store} with other owners. */
    static boolean isPossible(Path store) {
        return succeeds(PERL.run().addAll(script(store, IdBlock.UNPACKED)));
    }

    /** Whether the kernel lets a machine with these ids write to a layer in {@code directory}; then it is prepared. */
    static boolean isPossible(Path tree, IdBlock ids, Path directory) {
        return succeeds(ENV.run().addAll(command(tree, ids, directory)).add("true"));
    }

    /** The beginning of a command that finds the machine's files in {@code rootfs} in {@code directory}. */
    static List<String> command(Path tree, IdBlock ids, Path directory) {
        return ENV.run("--chdir=" + directory)
                .addAll(UNSHARE.run("--mount", "--propagation", "slave").words())
                .addAll(PERL.run().addAll(script(tree, ids)).words())
                .words();
    }

    private static List<String> script(Path tree, IdBlock ids) {
        return List.of(
                "-e",
                UserNamespace.perl(Resources.text(Layer.class, "layer.pl")),
                tree.toString(),
                Long.toString(IdBlock.UNPACKED.base()),
                Long.toString(ids.base()));
    }

    private static boolean succeeds(ToolRun run) {
        try {
            run.execute();
            return true;
        } catch (ToolCancelledException e) {
            throw MachineException.interrupted("container", "preparing its files");
        } catch (ToolException e) {
            LOG.debug("machines have no layers here, so each unpacks its archive: {}", e.getMessage());
            return false;
        }
    }
}
