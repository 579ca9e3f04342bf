package dev.firstboot.examples.chat;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.image.Release;
import dev.firstboot.machine.container.RootfsBoot;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Archives of chat services, baked once for all tests of a run. */
public final class ChatArchive {
    private static final Map<String, Path> BAKED = new HashMap<>();

    private ChatArchive() {}

    /** How to boot a machine with this service; what it can be given is still to be added. */
    public static RootfsBoot.Builder boot(String domain, Release release) {
        return boot(domain + "-" + release.suite(), Xmpp.cluster(domain), release);
    }

    /** The same for a service with choices of its own, under the name of a file. */
    public static synchronized RootfsBoot.Builder boot(String name, Xmpp service, Release release) {
        return RootfsBoot.builder(BAKED.computeIfAbsent(name, any -> bake(name, service, release)));
    }

    /** The archive itself, for who unpacks it. */
    public static synchronized Path path(String domain, Release release) {
        String name = domain + "-" + release.suite();
        return BAKED.computeIfAbsent(name, any -> bake(name, Xmpp.cluster(domain), release));
    }

    private static Path bake(String name, Xmpp service, Release release) {
        Image image =
                Image.builder().name("chat").release(release).workload(service).build();
        try (Bakery bakery = Bakery.create()) {
            Path directory = Files.createDirectories(Path.of("target", "chat"));
            Path target = directory.resolve(name + ".tar");
            RootfsArchive archive = bakery.bake(image, RootfsTar.to(target).replaceExisting());
            return archive.path();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
