package dev.firstboot.machine.life;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.MachineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small process that outlives this JVM just long enough to remove what a machine used on the host: its directory, cgroups, network namespaces,
 * links and ids. It gets their names before they are created, so nothing is ever without an owner.
 */
public final class Janitor implements AutoCloseable {
    private static final Tool SH = Tool.of("sh", "dash");
    /** Long enough to shut a detached machine down cleanly before the rest is removed. */
    private static final Duration GRACE = Duration.ofMinutes(4);

    private final ToolProcess process;

    private Janitor(ToolProcess process) {
        this.process = process;
    }

    /** What is to be removed in the end. */
    public static final class Duties {
        private final String owner;
        private @Nullable Path directory;
        private final List<String> controlGroups = new ArrayList<>();
        private final List<String> namespaces = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private String container = "";
        private String ids = "";
        private String shared = "";
        private UnaryOperator<ToolRun> place = UnaryOperator.identity();

        public Duties(String owner) {
            this.owner = owner;
        }

        /** Adds a directory, which the janitor also creates. */
        public Duties directory(Path value) {
            directory = value;
            return this;
        }

        public Duties addControlGroup(Path path) {
            controlGroups.add(path.toString());
            return this;
        }

        public Duties addNamespace(String name) {
            namespaces.add(name);
            return this;
        }

        public Duties addLink(String name) {
            links.add(name);
            return this;
        }

        /** Sets the name by which systemd-nspawn knows the container. */
        public Duties container(String name) {
            container = name;
            return this;
        }

        /** Adds a directory that marks a machine's ids as taken, which the janitor also creates. */
        public Duties ids(Path claim) {
            ids = claim.toString();
            return this;
        }

        /**
         * Sets where the janitor works and how it is run there; {@link Janitor#pid()} keeps the namespaces of that place open. The host by default.
         */
        public Duties in(UnaryOperator<ToolRun> value) {
            place = value;
            return this;
        }

        /** Adds a directory that nobody may remove while this janitor runs. */
        public Duties hold(Path value) {
            shared = value.toString();
            return this;
        }

        /** Starts a janitor; when this returns, its directory exists. */
        public Janitor begin() {
            CountDownLatch ready = new CountDownLatch(1);
            ToolRun run = SH.run("-c", Resources.text(Janitor.class, "janitor.sh"), "firstboot-janitor")
                    .add(directory == null ? "" : directory.toString())
                    .add(
                            String.join(" ", controlGroups),
                            String.join(" ", namespaces),
                            String.join(" ", links),
                            container,
                            ids,
                            shared)
                    .grace(GRACE)
                    .onOutput(line -> ready.countDown());
            ToolProcess process = HostTools.start(owner, place.apply(run));
            try {
                while (!ready.await(20, TimeUnit.MILLISECONDS)) {
                    if (!process.isAlive()) {
                        process.await();
                        throw new MachineException(owner, "its janitor ended at once");
                    }
                }
            } catch (InterruptedException e) {
                process.close();
                throw Interruption.of(owner, "starting");
            } catch (ToolException e) {
                throw new MachineException(
                        owner,
                        "cannot prepare " + directory + ": "
                                + (directory == null
                                        ? HostTools.said(e)
                                        : FullDisk.orSaid(e, directory, "directory()")),
                        e);
            }
            return new Janitor(process);
        }
    }

    /** Returns the process that receives TERM when the machine is detached. */
    public long pid() {
        return process.pid();
    }

    /** Lets the janitor outlive this JVM. */
    public void release() {
        process.release();
    }

    /** Removes everything; returns when it is gone. */
    @Override
    public void close() {
        process.cancel();
    }
}
