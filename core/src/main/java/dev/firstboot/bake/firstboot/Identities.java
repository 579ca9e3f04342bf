package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Resources;
import java.util.List;
import java.util.stream.Stream;

/**
 * Identities that packages generated during installation and {@link Scrub} removes, although the packages need them: each machine generates its own
 * at its first boot. The search for secrets refuses all others of this kind and names them.
 */
final class Identities {
    /**
     * One such identity.
     *
     * @param maker the program that generates it, from the package whose scripts did so before
     * @param script the name of the engine's script that calls it, also the name of its resource
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

    /** Returns the units of those that the image needs. */
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
