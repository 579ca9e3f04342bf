package dev.firstboot.plan;

import dev.firstboot.image.PackageName;
import dev.firstboot.image.PackageSource;
import dev.firstboot.image.Release;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The packages requested by name, and their sources besides Debian.
 *
 * @param release the release of Debian
 * @param backports source packages whose packages come from the release's backports
 * @param always the packages of every image
 * @param recipes what each recipe adds
 */
public record PackageChoice(Release release, List<PackageName> backports, List<String> always, List<OfRecipe> recipes) {
    public PackageChoice {
        Objects.requireNonNull(release, "release");
        backports = List.copyOf(backports);
        always = List.copyOf(always);
        recipes = List.copyOf(recipes);
    }

    /**
     * What one recipe requests.
     *
     * @param recipe the recipe's name
     * @param packages the packages
     * @param sources the package sources besides Debian itself
     */
    public record OfRecipe(String recipe, List<PackageName> packages, List<PackageSource> sources) {
        public OfRecipe {
            Objects.requireNonNull(recipe, "recipe");
            packages = List.copyOf(packages);
            sources = List.copyOf(sources);
        }
    }

    /** Returns a choice with only the base packages of a release. */
    public static PackageChoice only(Release release) {
        return new PackageChoice(release, List.of(), List.of(), List.of());
    }

    /** Returns the names of all requested packages, each once. */
    public List<String> names() {
        return Stream.concat(
                        always.stream(),
                        recipes.stream()
                                .flatMap(recipe -> recipe.packages().stream().map(PackageName::value)))
                .distinct()
                .toList();
    }

    /** Returns the package sources besides Debian itself. */
    public List<PackageSource> sources() {
        return recipes.stream().flatMap(recipe -> recipe.sources().stream()).toList();
    }
}
