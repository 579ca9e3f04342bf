package dev.firstboot.workload;

import dev.firstboot.image.Content;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.image.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the recipes of an image the way a test wants to. */
public final class ImageFiles {
    private final List<Recipe> recipes;

    public ImageFiles(Image image) {
        this.recipes = image.recipes();
    }

    /** Those of a workload, with all services that it needs. */
    public static ImageFiles of(Workload workload, Release release) {
        return new ImageFiles(
                Image.builder().name("test").release(release).workload(workload).build());
    }

    private <T> Stream<T> all(Function<Recipe, List<T>> part) {
        return recipes.stream().flatMap(recipe -> part.apply(recipe).stream());
    }

    public FileEntry entry(String path) {
        return all(Recipe::files)
                .filter(file -> file.path().value().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the image has no file " + path));
    }

    public String text(String path) {
        return text(entry(path).content());
    }

    /** The text of all files, units and steps. */
    public String everything() {
        return all(Recipe::files).map(file -> text(file.content())).collect(Collectors.joining("\n"))
                + all(Recipe::units).map(Unit::text).collect(Collectors.joining("\n"))
                + all(Recipe::steps).map(FirstBootStep::script).collect(Collectors.joining("\n"));
    }

    public String unit(String name) {
        return all(Recipe::units)
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the image has no unit " + name))
                .text();
    }

    public FirstBootStep step(String name) {
        return all(Recipe::steps)
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the image has no step " + name));
    }

    private static String text(Content content) {
        if (content instanceof Content.Text text) {
            return text.text();
        }
        if (content instanceof Content.Bytes bytes) {
            return new String(bytes.bytes(), StandardCharsets.UTF_8);
        }
        if (content instanceof Template template) {
            return template.parts().stream()
                    .map(part -> part instanceof Template.Text text
                            ? text.text()
                            : part instanceof Template.SecretValue secret
                                    ? "{" + secret.secret() + "}"
                                    : part.toString())
                    .collect(Collectors.joining());
        }
        return "";
    }
}
