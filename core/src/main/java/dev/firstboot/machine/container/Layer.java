package dev.firstboot.machine.container;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.internal.tool.UserNamespace;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A machine's own layer over an unpacked archive: overlayfs over an ID-mapped mount, in a mount namespace that ends with the machine. */
final class Layer {
    private static final Logger LOG = LoggerFactory.getLogger(Layer.class);
    private static final Tool PERL = Tool.of("perl", "perl");
    private static final Tool ENV = Tool.of("env", "coreutils");

    private static final Tool SH = Tool.of("sh", "dash");
    private static final String USERS = "users-layer.pl";
    /** Arguments: where to try it, the first of the machine's ids, the script. */
    private static final String TRIAL = """
            set -eu
            umask 022
            trial=$(mktemp -d "$1/trial-XXXXXX.new")
            trap 'rm -rf "$trial"' EXIT
            mkdir "$trial/tree"
            chown "$2:$2" "$trial/tree"
            perl -e "$3" "$trial/tree" "$2" "$trial" true
            """;

    private Layer() {}

    /** Returns whether the kernel can map the owners of files in {@code store}. */
    static boolean isPossible(String machine, Path store) {
        return succeeds(machine, PERL.run().addAll(script(store, IdBlock.UNPACKED)));
    }

    /** Returns whether the kernel lets programs that start with this command do so. */
    static boolean isPossible(String machine, Realm realm, List<String> command) {
        return succeeds(machine, realm.in(ENV.run().addAll(command).add("true")));
    }

    /** Returns the prefix of a command that sees the machine's files in {@code rootfs} in {@code directory}. */
    static List<String> command(String machine, Path tree, IdBlock ids, Path directory) {
        return HostTools.words(machine, PERL.run().addAll(script(tree, ids)).add(directory.toString()));
    }

    /**
     * Returns the same for an ordinary user; {@code users-layer.pl} mounts the machine's files elsewhere. An ordinary user cannot map the owners of
     * files, so {@code tree} has the machine's ids already.
     */
    static List<String> usersCommand(String machine, Path tree, IdBlock ids, Path directory) {
        return HostTools.words(
                machine,
                PERL.run("-e", Resources.text(Layer.class, USERS))
                        .add(tree.toString(), Long.toString(ids.base()), directory.toString()));
    }

    /** Returns whether the kernel lets an ordinary user mount such a layer over files in {@code store}. */
    static boolean isPossible(String machine, Realm realm, Path store, IdBlock ids) {
        return succeeds(
                machine,
                realm.in(SH.run("-c", TRIAL, "firstboot-trial")
                        .add(store.toString(), Long.toString(ids.base()), Resources.text(Layer.class, USERS))));
    }

    private static boolean succeeds(String machine, ToolRun run) {
        try {
            run.execute();
            return true;
        } catch (ToolCancelledException e) {
            throw Interruption.of(machine, "preparing its files");
        } catch (ToolException e) {
            LOG.debug("machines have no layers here, so each unpacks its archive: {}", e.getMessage());
            return false;
        }
    }

    private static List<String> script(Path tree, IdBlock ids) {
        return List.of(
                "-e",
                UserNamespace.perl(Resources.text(Layer.class, "layer.pl")),
                tree.toString(),
                Long.toString(IdBlock.UNPACKED.base()),
                Long.toString(ids.base()));
    }
}
