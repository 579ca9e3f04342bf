package shop;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.zfs.Zfs;
import java.nio.file.Path;
import java.time.Duration;

/** Bakes a shop's page, boots it, reads it, and asks for ZFS. */
public final class Shop {
    private Shop() {}

    public static void main(String[] arguments) {
        Image image = Image.builder()
                .name("shop")
                .recipe(Recipe.builder("shop")
                        .addPackage("nginx-light")
                        .addFile(FileEntry.text("/var/www/html/index.html", "open\n"))
                        .addPort(Port.tcp(80, "the shop"))
                        .addProbe(Probe.http("page", "http://localhost/", 200))
                        .build())
                .build();
        try (Bakery bakery = Bakery.create()) {
            RootfsArchive archive = bakery.bake(image, RootfsTar.to(Path.of(arguments[0])));
            try (Machine machine = archive.boot()) {
                machine.awaitReady(Duration.ofMinutes(5));
                String page = machine.run("cat", "/var/www/html/index.html").output();
                if (!page.equals("open\n")) {
                    throw new IllegalStateException("the shop is not open: " + page);
                }
            }
        }
        System.out.println(Zfs.isAvailable() ? "with ZFS" : "without ZFS: " + Zfs.unavailabilityCause());
        System.out.println("the shop was open");
    }
}
