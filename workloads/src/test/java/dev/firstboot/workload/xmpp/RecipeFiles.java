package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Content;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Reads a recipe the way a test wants to. */
final class RecipeFiles {
    private final Recipe recipe;

    RecipeFiles(Recipe recipe) {
        this.recipe = recipe;
    }

    FileEntry entry(String path) {
        return recipe.files().stream()
                .filter(file -> file.path().value().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the recipe has no file " + path));
    }

    String text(String path) {
        return text(entry(path).content());
    }

    /** The text of all files, units and steps. */
    String everything() {
        return recipe.files().stream().map(file -> text(file.content())).collect(Collectors.joining("\n"))
                + recipe.units().stream().map(Unit::text).collect(Collectors.joining("\n"))
                + recipe.steps().stream().map(FirstBootStep::script).collect(Collectors.joining("\n"));
    }

    String unit(String name) {
        return recipe.units().stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the recipe has no unit " + name))
                .text();
    }

    FirstBootStep step(String name) {
        return recipe.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the recipe has no step " + name));
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
