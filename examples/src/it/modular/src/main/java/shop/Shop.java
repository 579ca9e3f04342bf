package shop;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Workload;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.workload.xmpp.Xmpp;
import java.nio.file.Path;

/** Plans a chat server, and bakes a workload of its own. */
public final class Shop implements Workload {
    @Override
    public Recipe recipe(Release release) {
        return Recipe.builder("shop")
                .addPackage("nginx-light")
                .addFile(FileEntry.resource("/var/www/html/index.html", Shop.class, "index.html"))
                .build();
    }

    public static void main(String[] arguments) {
        Image chat = Image.builder()
                .name("chat")
                .workload(Xmpp.cluster("chat.example.com"))
                .build();
        if (!Image.fromJson(chat.toJson()).equals(chat)) {
            throw new IllegalStateException("the image is another after it was kept as JSON");
        }
        System.out.println(chat.plan(Disk.qcow2("chat.qcow2")));
        Image image = Image.builder().name("shop").workload(new Shop()).build();
        try (Bakery bakery = Bakery.create()) {
            RootfsArchive archive = bakery.bake(image, RootfsTar.to(Path.of(arguments[0])));
            System.out.println(archive);
        }
        if (!Shop.class.getModule().isNamed() || !Image.class.getModule().isNamed()) {
            throw new IllegalStateException("this does not run on the module path");
        }
        System.out.println("the shop was baked");
    }
}
