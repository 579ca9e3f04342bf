package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.bake.tree.Removals;
import dev.firstboot.bake.tree.TestTar;
import dev.firstboot.bake.tree.Tree;
import dev.firstboot.image.UnixPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A small tree, put together and scanned: what packages installed, what is laid over it, and what a recipe allows. */
final class Scanned {
    private final Path directory;
    private final TestTar installed = new TestTar();
    private final Overlay overlay = new Overlay();
    private final Removals removals = new Removals();
    private final List<String> privatePackages = new ArrayList<>();
    private final List<UnixPath> allowed = new ArrayList<>();
    private final StringBuilder status = new StringBuilder("Package: base\nStatus: install ok installed\n");

    Scanned(Path directory) {
        this.directory = directory;
    }

    /** Adds whatever it is to the installed system. */
    Scanned installed(Consumer<TestTar> more) {
        more.accept(installed);
        return this;
    }

    /** Adds a file that nobody shipped to the installed system. */
    Scanned made(String path, String content) {
        installed.file(path, content.getBytes(ISO_8859_1), Map.of());
        return this;
    }

    /** Adds a file as a package ships it. */
    Scanned shipped(String packageName, String path, String content) {
        return made(path, content).recorded(packageName, path, content);
    }

    /** Adds what dpkg records of a file with this content, and of its package's directories. */
    Scanned recorded(String packageName, String path, String content) {
        byte[] bytes = content.getBytes(ISO_8859_1);
        Md5 md5 = new Md5();
        md5.update(bytes, 0, bytes.length);
        String info = "/var/lib/dpkg/info/" + packageName;
        installed.text(info + ".list", "/.\n" + path.substring(0, path.lastIndexOf('/')) + "\n" + path + "\n");
        installed.text(info + ".md5sums", md5.hex() + "  " + path.substring(1) + "\n");
        return this;
    }

    /** Adds what dpkg records of a conffile. */
    Scanned conffile(String packageName, String path, String content) {
        byte[] bytes = content.getBytes(ISO_8859_1);
        Md5 md5 = new Md5();
        md5.update(bytes, 0, bytes.length);
        status.append("\nPackage: " + packageName + "\nConffiles:\n " + path + " " + md5.hex() + "\n");
        return this;
    }

    Scanned laidOver(String path, String content) {
        overlay.file(path, 0644, 0, 0, content.getBytes(ISO_8859_1));
        return this;
    }

    Scanned removed(String path) {
        removals.add(path);
        return this;
    }

    Scanned privatePackage(String name) {
        privatePackages.add(name);
        return this;
    }

    Scanned allowed(String path) {
        allowed.add(UnixPath.of(path));
        return this;
    }

    List<Finding> findings() {
        return result().findings();
    }

    /** To be asked once. */
    ScanResult result() {
        Path base = installed.text("/var/lib/dpkg/status", status.toString()).to(directory.resolve("base.tar"));
        Path over = directory.resolve("overlay.tar");
        overlay.write(over);
        return SecretScanner.scan(
                new ScanSubject(
                        new MergedTree(base, over, removals),
                        Tree.read(base, SecretScanner::needs),
                        privatePackages,
                        allowed,
                        Map.of()),
                done -> {});
    }
}
