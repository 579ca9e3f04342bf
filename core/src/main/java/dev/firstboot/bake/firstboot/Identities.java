package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Resources;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link Scrub} takes out because packages made it while they were installed, and what they made it for needs: each machine makes its own at its first
 * boot. Everything else of that kind is refused by the search for secrets, which names it.
 */
final class Identities {
    /**
     * One of them.
     *
     * @param maker the program that makes it: of the package whose scripts made it before
     * @param script the name of the engine's script that calls it
     */
    private record Identity(String maker, String script) {
        String unit() {
            return "firstboot-" + script + ".service";
        }
    }

    private static final List<Identity> ALL =
            List.of(new Identity("/usr/sbin/sshd", "ssh-keys"), new Identity("/usr/sbin/make-ssl-cert", "snakeoil"));

    private Identities() {}

    /** The resources that are shipped from here. */
    static List<String> resources() {
        return ALL.stream()
                .flatMap(identity -> Stream.of(identity.script(), "units/" + identity.unit()))
                .toList();
    }

    /** The units of those that the image has a use for. */
    static List<String> units(Layout layout) {
        return of(layout).map(Identity::unit).toList();
    }

    static void layOut(Layout layout) {
        of(layout).forEach(identity -> {
            layout.text(
                    EngineFiles.DIRECTORY + "/" + identity.script(),
                    0755,
                    Resources.text(Identities.class, identity.script()));
            layout.text(
                    UnitFiles.ETC + "/" + identity.unit(),
                    0644,
                    Resources.text(Identities.class, "units/" + identity.unit()));
        });
    }

    private static Stream<Identity> of(Layout layout) {
        return ALL.stream().filter(identity -> layout.find(identity.maker()).isPresent());
    }
}
