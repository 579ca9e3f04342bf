package dev.firstboot.image;

import dev.firstboot.internal.check.Checks;
import dev.firstboot.internal.json.Json;
import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is to be: a name, a Debian release and the recipes of its workloads. A value; nothing happens until it is baked.
 *
 * <pre>{@code
 * Image chat = Image.builder().name("chat").workload(Xmpp.cluster("chat.example.com")).build();
 * System.out.println(chat.plan(Disk.qcow2("chat.qcow2")));
 * }</pre>
 */
public final class Image {
    private static final int SCHEMA_VERSION = 1;
    /** What backports may have. */
    private static final String NEWEST_ZFS = "2.4.0";

    private static final String SCHEMA = "schemaVersion";

    private final String name;
    private final Release release;
    private final Kernel kernel;
    private final boolean guestAgent;
    private final List<PackageName> backports;
    private final List<Recipe> recipes;

    private Image(
            String name,
            Release release,
            Kernel kernel,
            boolean guestAgent,
            List<PackageName> backports,
            List<Recipe> recipes) {
        this.name = name;
        this.release = release;
        this.kernel = kernel;
        this.guestAgent = guestAgent;
        this.backports = List.copyOf(backports);
        this.recipes = List.copyOf(recipes);
    }

    /** The form of an image in JSON. */
    record Document(
            int schemaVersion,
            String name,
            Release release,
            Kernel kernel,
            boolean guestAgent,
            List<PackageName> backports,
            List<Recipe.Parts> recipes) {}

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that holds all of this image. Name and kernel can be replaced; the release cannot, as the recipes, which stand for the workloads they came from,
     * are for this one. The services that these need are finished as well: a workload that needs more of one of them can only be added to a builder that all come
     * together in.
     */
    public Builder toBuilder() {
        Builder builder = new Builder().release(release);
        builder.defaultName = name;
        builder.defaultKernel = kernel;
        builder.guestAgent = guestAgent;
        builder.backports.addAll(backports);
        recipes.forEach(builder::recipe);
        return builder;
    }

    /** The image's name, which is also the host name of its machines until their owner gives them another. */
    public String name() {
        return name;
    }

    public Release release() {
        return release;
    }

    public Kernel kernel() {
        return kernel;
    }

    /** Whether a disk has qemu-guest-agent, through which the hypervisor runs commands as root. */
    public boolean guestAgent() {
        return guestAgent;
    }

    /** The source packages whose packages come from the release's backports: those of the image, then those that its recipes add. */
    public List<PackageName> backports() {
        return Stream.concat(backports.stream(), recipes.stream().flatMap(recipe -> recipe.backports().stream()))
                .distinct()
                .toList();
    }

    /** The recipes: those of the services that workloads need, then those of the workloads, in the order in which they were added. */
    public List<Recipe> recipes() {
        return recipes;
    }

    /** The steps that make this image into {@code target}, to be printed or given to a bakery. Does no I/O. */
    public <P> P plan(Plannable<P> target) {
        return Objects.requireNonNull(target, "target").planFor(this);
    }

    /** This image in JSON, indented; {@link #fromJson(String)} reads it back as an equal image. */
    public String toJson() {
        return Json.write(document());
    }

    /**
     * Reads what {@link #toJson()} wrote. Files and resources that it refers to are not looked at; a bake takes them only where they have the digest that the
     * JSON tells.
     *
     * @throws InvalidImageException if the text is not such JSON, has a field this version does not know, or was written by a newer schema; the
     *     message names the field
     */
    public static Image fromJson(String json) {
        Objects.requireNonNull(json, "json");
        Document document;
        try {
            document = Json.read(json, Document.class, Map.of("guestAgent", true));
        } catch (JsonException e) {
            // What another schema has is no mistake of who wrote it.
            int version = JsonObject.find(json, SCHEMA).orElse(SCHEMA_VERSION);
            throw new InvalidImageException(
                    "", List.of(version == SCHEMA_VERSION ? String.valueOf(e.getMessage()) : otherSchema(version)));
        }
        if (document.schemaVersion() != SCHEMA_VERSION) {
            throw new InvalidImageException(document.name(), List.of(otherSchema(document.schemaVersion())));
        }
        Builder builder = builder().release(document.release()).kernel(document.kernel());
        try {
            builder.name(document.name());
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException("", List.of(e.getMessage() + " (at name)"));
        }
        builder.guestAgent = document.guestAgent();
        builder.backports.addAll(document.backports());
        document.recipes().forEach(parts -> builder.recipe(Recipe.of(parts)));
        return builder.build();
    }

    private static String otherSchema(int version) {
        return SCHEMA + " " + version + " is not known: this Firstboot reads " + SCHEMA_VERSION
                + (version > SCHEMA_VERSION ? ", and a newer one wrote this" : "");
    }

    private Document document() {
        return new Document(
                SCHEMA_VERSION,
                name,
                release,
                kernel,
                guestAgent,
                backports,
                recipes.stream().map(Recipe::parts).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image that && document().equals(that.document());
    }

    @Override
    public int hashCode() {
        return document().hashCode();
    }

    @Override
    public String toString() {
        return "Image[" + name + ": " + release + ", workloads "
                + recipes.stream().map(Recipe::name).toList() + "]";
    }

    /** Collects the parts of an image. Not thread-safe. */
    public static final class Builder {
        private @Nullable String defaultName;
        private Kernel defaultKernel = Kernel.CLOUD;
        private @Nullable String name;
        private @Nullable Release release;
        private @Nullable Kernel kernel;
        private boolean guestAgent = true;
        private final Set<PackageName> backports = new LinkedHashSet<>();
        private final List<Workload> workloads = new ArrayList<>();

        private Builder() {}

        /** The image's name: a DNS label. Required. */
        public Builder name(String newName) {
            name = Checks.once("name", name, Names.label("image name", newName));
            return this;
        }

        /** The Debian release; Debian 13 if none is named. */
        public Builder release(Release newRelease) {
            release = Checks.once("release", release, newRelease);
            return this;
        }

        /** The kernel; the small one for virtual machines if none is named. */
        public Builder kernel(Kernel newKernel) {
            kernel = Checks.once("kernel", kernel, newKernel);
            return this;
        }

        /**
         * Leaves out qemu-guest-agent, which disks have otherwise. Whoever runs the virtual machine has root in it through the agent, without a password and without a
         * trace in the machine's logs; without it, {@code Machine.run} cannot run commands in a machine that runs from a disk.
         */
        public Builder withoutGuestAgent() {
            guestAgent = false;
            return this;
        }

        /**
         * Takes the packages made of a source package, such as {@code zfs-linux}, from the release's backports. What they need comes from
         * the release itself, unless its source is named here, too.
         */
        public Builder backport(String sourcePackage) {
            backports.add(PackageName.of(sourcePackage));
            return this;
        }

        /** Adds a workload. */
        public Builder workload(Workload workload) {
            workloads.add(Objects.requireNonNull(workload, "workload"));
            return this;
        }

        /** Adds a finished recipe, whatever the release. */
        public Builder recipe(Recipe recipe) {
            Objects.requireNonNull(recipe, "recipe");
            return workload(release -> recipe);
        }

        /**
         * The image.
         *
         * @throws InvalidImageException with all problems found
         */
        public Image build() {
            String chosen = name == null ? defaultName : name;
            if (chosen == null) {
                throw new InvalidImageException("", List.of("it has no name: call name(\"...\")"));
            }
            Release base = Objects.requireNonNullElse(release, Release.DEBIAN_13);
            List<Recipe> all = Needs.answer(
                    chosen,
                    base,
                    workloads.stream().map(workload -> recipe(workload, base)).toList());
            List<Recipe> recipes = all.stream().map(Recipe::answered).toList();
            List<String> problems = new ArrayList<>();
            for (Recipe recipe : all) {
                recipe.problems().forEach(problem -> problems.add(recipe.name() + ": " + problem));
            }
            problems.addAll(ImageChecks.problems(recipes, zfsVersion(base, recipes)));
            if (!problems.isEmpty()) {
                throw new InvalidImageException(chosen, problems);
            }
            return new Image(
                    chosen,
                    base,
                    Objects.requireNonNullElse(kernel, defaultKernel),
                    guestAgent,
                    List.copyOf(backports),
                    recipes);
        }

        private static Recipe recipe(Workload workload, Release base) {
            return Objects.requireNonNull(
                    workload.recipe(base),
                    () -> "the recipe of workload " + workload.getClass().getName() + " is null");
        }

        /** The version of ZFS that the machines will have, as far as it is known before apt is asked. */
        private String zfsVersion(Release base, List<Recipe> recipes) {
            boolean newer = Stream.concat(
                            backports.stream(), recipes.stream().flatMap(recipe -> recipe.backports().stream()))
                    .anyMatch(name -> name.value().equals("zfs-linux"));
            return newer ? NEWEST_ZFS : base.zfsVersion();
        }
    }
}
