package dev.firstboot.plan;

import dev.firstboot.image.Content;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Digest;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.PackageName;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Writes down, line by line, what decides the result of a step. The order is that of the image, and so stable. */
final class Parameters {
    private Parameters() {}

    static List<String> base(Image image) {
        return List.of(
                "base " + image.release() + " amd64", "kernel " + image.kernel().imagePackage());
    }

    static List<String> packages(Image image, boolean bootable) {
        List<String> lines = new ArrayList<>();
        lines.add("base " + image.release() + " amd64");
        lines.add("packages of every image: " + String.join(" ", BasePackages.ANY));
        if (bootable) {
            lines.add("packages to boot from ZFS: " + image.kernel().imagePackage() + " "
                    + String.join(" ", BasePackages.bootable(image)));
        }
        if (!image.backports().isEmpty()) {
            lines.add("from " + image.release().backports() + ": " + joined(image.backports()));
        }
        for (Recipe recipe : image.recipes()) {
            if (!recipe.packages().isEmpty()) {
                lines.add("packages of " + recipe.name() + ": " + joined(recipe.packages()));
            }
            recipe.sources()
                    .forEach(source -> lines.add("source " + source.name() + ": " + source.uri() + " " + source.suite()
                            + " " + String.join(" ", source.components()) + " signed by key " + digest(source.key())));
        }
        return lines;
    }

    private static String joined(Collection<PackageName> names) {
        return String.join(" ", names.stream().map(PackageName::value).toList());
    }

    static List<String> configuration(Image image) {
        List<String> lines = new ArrayList<>();
        lines.add("host name " + image.name());
        for (Recipe recipe : image.recipes()) {
            String of = " (" + recipe.name() + ")";
            recipe.users()
                    .forEach(user -> lines.add(
                            "user " + user.name() + " home " + user.home() + " groups " + user.groups() + of));
            recipe.removals().forEach(path -> lines.add("leave out " + path + of));
            recipe.allowed().forEach(path -> lines.add("allow " + path + of));
            recipe.files().forEach(file -> lines.add(file(file) + of));
            recipe.downloads()
                    .forEach(d -> lines.add(
                            "file " + d.path() + " " + d.mode() + " from " + d.uri() + " " + d.digest() + of));
            recipe.units()
                    .forEach(unit -> lines.add(
                            "unit " + unit.name() + (unit.dropIn().isEmpty() ? "" : " drop-in " + unit.dropIn()) + " "
                                    + unit.state() + " " + digest(unit.text()) + of));
            recipe.datasets().forEach(set -> lines.add(dataset(set) + of));
            recipe.secrets()
                    .forEach(secret -> lines.add("secret " + secret.name() + " " + secret.kind() + " " + secret.length()
                            + " group " + secret.group()
                            + (secret.check().isEmpty() ? "" : " checked by " + digest(secret.check())) + of));
            recipe.steps()
                    .forEach(step -> lines.add(
                            "first boot: " + step.name() + " as " + step.user() + " " + step.when() + " after "
                                    + step.after() + " before " + step.before() + " within " + step.timeout() + " "
                                    + digest(step.script()) + of));
            recipe.ports()
                    .forEach(port -> lines.add("port " + port + " " + port.exposure() + " " + port.purpose() + of));
            recipe.probes().forEach(probe -> lines.add("probe " + probe + " " + digest(Json.writeLine(probe)) + of));
        }
        return lines;
    }

    static List<String> disk(Image image, List<String> format) {
        List<String> datasets = image.recipes().stream()
                .flatMap(recipe -> recipe.datasets().stream())
                .map(Parameters::dataset)
                .toList();
        return Stream.concat(Stream.concat(Stream.of("host name " + image.name()), format.stream()), datasets.stream())
                .toList();
    }

    private static String dataset(DatasetSpec set) {
        return "dataset " + set.name() + " at " + set.mountpoint() + " " + set.placement() + " "
                + Json.writeLine(set.properties());
    }

    private static String file(FileEntry file) {
        String what = file.content() instanceof Content.Directory
                ? "directory "
                : file.content() instanceof Content.Symlink ? "link " : "file ";
        return what + file.path() + " " + file.mode() + " " + file.owner() + ":" + file.group() + " "
                + content(file.content());
    }

    private static String content(Content content) {
        if (content instanceof Content.Symlink link) {
            return "→ " + Json.writeLine(link.target());
        } else if (content instanceof Content.Bytes bytes) {
            return Digest.ofBytes(bytes.bytes()).toString();
        } else if (content instanceof Content.Reference elsewhere) {
            return elsewhere.digest().toString();
        } else if (content instanceof Content.Text text) {
            return digest(text.text()).toString();
        } else {
            return digest(Json.writeLine(content)).toString();
        }
    }

    private static Digest digest(String text) {
        return Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
