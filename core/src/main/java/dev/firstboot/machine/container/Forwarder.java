package dev.firstboot.machine.container;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Forwards a port on the host's loopback to a machine on an ordinary user's network, which nobody else can enter: a process that listens here and
 * connects there. It stays when the machine is off, and ends with the machine's directory or this JVM.
 */
final class Forwarder {
    private static final Tool PERL = Tool.of("perl", "perl-base");
    private static final int SECONDS = 30;

    private final ToolProcess process;
    private final int door;

    private Forwarder(ToolProcess process, int door) {
        this.process = process;
        this.door = door;
    }

    static Forwarder open(String machine, Realm realm, String address, int port, Path directory) {
        ToolRun relay = PERL.run("-e", Resources.text(Forwarder.class, "relay.pl"))
                .add(address, Integer.toString(port), directory.toString());
        CompletableFuture<Integer> door = new CompletableFuture<>();
        ToolRun run = PERL.run("-e", Resources.text(Forwarder.class, "listen.pl"))
                .addAll(realm.entering())
                .addAll(HostTools.words(machine, relay))
                .onOutput(line -> door.complete(Integer.valueOf(line)));
        ToolProcess process = HostTools.start(machine, run);
        try {
            for (int i = 0; !door.isDone() && process.isAlive() && i < SECONDS * 50; i++) {
                process.await(Duration.ofMillis(20));
            }
            return new Forwarder(process, door.get(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            process.cancel();
            throw Interruption.of(machine, "opening a way to its port " + port);
        } catch (ExecutionException | TimeoutException e) {
            process.cancel();
            throw new MachineException(
                    machine, "cannot open a way to its port " + port + ": " + String.join(" ", process.tail()), e);
        }
    }

    InetSocketAddress endpoint() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), door);
    }

    boolean isOpen() {
        return process.isAlive();
    }

    /** Lets it outlive this JVM, as long as the machine does. */
    void release() {
        process.release();
    }

    void close() {
        process.cancel();
    }
}
