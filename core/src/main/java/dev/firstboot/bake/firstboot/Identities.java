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
     * @param script the name of the engine's script that calls it, which is its resource as well
     * @param unitResource the resource of the unit that runs the script
     */
    private record Identity(String maker, String script, String unitResource) {
        String unit() {
            return unitResource.substring(unitResource.indexOf('/') + 1);
        }
    }

    private static final List<Identity> ALL = List.of(
            new Identity("/usr/sbin/sshd", "ssh-keys", "units/firstboot-ssh-keys.service"),
            new Identity("/usr/sbin/make-ssl-cert", "snakeoil", "units/firstboot-snakeoil.service"));

    private Identities() {}

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
                    Resources.text(Identities.class, identity.unitResource()));
        });
    }

    private static Stream<Identity> of(Layout layout) {
        return ALL.stream().filter(identity -> layout.find(identity.maker()).isPresent());
    }
}
