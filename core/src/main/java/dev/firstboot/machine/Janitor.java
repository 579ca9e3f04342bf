package dev.firstboot.machine;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small process that outlives this JVM by just as long as it takes to remove what a machine used on the host: its directory,
 * control groups, network namespaces, links and ids. It is told their names before they are made, so that nothing is ever unowned.
 */
final class Janitor implements AutoCloseable {
    private static final Tool SH = Tool.of("sh", "dash");
    /** Long enough to shut a detached machine down in order before the rest goes. */
    private static final Duration GRACE = Duration.ofMinutes(4);

    private static final String USERS =
            "A user other than root needs user namespaces with subordinate ids here; a container engine may keep"
                    + " them from it (run as root there)";

    private final ToolProcess process;

    private Janitor(ToolProcess process) {
        this.process = process;
    }

    /** What is to be removed in the end. */
    static final class Duties {
        private final String owner;
        private @Nullable Path directory;
        private final List<String> controlGroups = new ArrayList<>();
        private final List<String> namespaces = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private String container = "";
        private String ids = "";
        private String shared = "";
        private @Nullable Realm realm;

        Duties(String owner) {
            this.owner = owner;
        }

        /** A directory, which the janitor also makes. */
        Duties directory(Path value) {
            directory = value;
            return this;
        }

        Duties addControlGroup(Path path) {
            controlGroups.add(path.toString());
            return this;
        }

        Duties addNamespace(String name) {
            namespaces.add(name);
            return this;
        }

        Duties addLink(String name) {
            links.add(name);
            return this;
        }

        /** The name that systemd-nspawn knows the container by. */
        Duties container(String name) {
            container = name;
            return this;
        }

        /** Ids for the container's users, which the janitor also takes. */
        Duties ids(TakenIds taken) {
            ids = taken.claim() == null ? "" : taken.claim().toString();
            return this;
        }

        /** Where the janitor works; {@link Janitor#pid()} keeps its namespaces. The host if this is not called. */
        Duties in(Realm value) {
            realm = value;
            return this;
        }

        /** A directory that nobody is to remove while this janitor is there. */
        Duties hold(Path value) {
            shared = value.toString();
            return this;
        }

        /** Hires a janitor; when this returns its directory is there. */
        Janitor begin() {
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
            if (realm != null && !realm.isHost()) {
                realm.in(run).hint(USERS);
            }
            ToolProcess process = HostTools.start(owner, run);
            try {
                while (!ready.await(20, TimeUnit.MILLISECONDS)) {
                    if (!process.isAlive()) {
                        process.await();
                        throw new MachineException(owner, "its janitor ended at once");
                    }
                }
            } catch (InterruptedException e) {
                process.close();
                throw MachineException.interrupted(owner, "starting");
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

    /** The process to send TERM to when the machine is detached. */
    long pid() {
        return process.pid();
    }

    /** Lets the janitor do its work without this JVM. */
    void release() {
        process.release();
    }

    /** Has everything removed; returns when it is gone. */
    @Override
    public void close() {
        process.cancel();
    }
}
