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
 * The description of a machine: a name, a Debian release and the recipes of its workloads. It is a value; nothing happens until it is baked.
 *
 * <pre>{@code
 * Image chat = Image.builder().name("chat").workload(Xmpp.cluster("chat.example.com")).build();
 * System.out.println(chat.plan(Disk.qcow2("chat.qcow2")));
 * }</pre>
 */
public final class Image {
    private static final int SCHEMA_VERSION = 1;
    /** The newest ZFS version that backports may have. */
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

    /** The JSON form of an image. */
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
     * Returns a builder with everything in this image. Name and kernel can be replaced; the release cannot, because the workloads are already recipes
     * for this one. The services they need are finished too: a workload that needs more from one of them must be added to the same builder as the
     * others.
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

    /** Returns the image's name. It is also the host name of its machines until their owner sets another. */
    public String name() {
        return name;
    }

    public Release release() {
        return release;
    }

    public Kernel kernel() {
        return kernel;
    }

    /** Returns whether disks include qemu-guest-agent, through which the hypervisor runs commands as root. */
    public boolean guestAgent() {
        return guestAgent;
    }

    /** Returns the source packages whose packages come from the release's backports: those of the image, then those that its recipes add. */
    public List<PackageName> backports() {
        return Stream.concat(backports.stream(), recipes.stream().flatMap(recipe -> recipe.backports().stream()))
                .distinct()
                .toList();
    }

    /** Returns the recipes: first those of the services that workloads need, then those of the workloads in the order they were added. */
    public List<Recipe> recipes() {
        return recipes;
    }

    /** Returns the steps that bake this image into {@code target}, to be printed or passed to a bakery. Does no I/O. */
    public <P> P plan(Plannable<P> target) {
        return Objects.requireNonNull(target, "target").planFor(this);
    }

    /** Returns this image as indented JSON; {@link #fromJson(String)} reads it back as an equal image. */
    public String toJson() {
        return Json.write(document());
    }

    /**
     * Reads what {@link #toJson()} wrote. Does not open the files and resources it refers to; a bake accepts them only if they have the digest in the
     * JSON.
     *
     * @throws InvalidImageException if the text is not such JSON, has a field unknown to this version, or uses a newer schema; the message names the
     *     field
     */
    public static Image fromJson(String json) {
        Objects.requireNonNull(json, "json");
        Document document;
        try {
            document = Json.read(json, Document.class, Map.of("guestAgent", true));
        } catch (JsonException e) {
            // Another schema is not a mistake of whoever wrote the file.
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

        /** Sets the image's name, a DNS label. Required. */
        public Builder name(String newName) {
            name = Checks.once("name", name, Names.label("image name", newName));
            return this;
        }

        /** Sets the Debian release; defaults to Debian 13. */
        public Builder release(Release newRelease) {
            release = Checks.once("release", release, newRelease);
            return this;
        }

        /** Sets the kernel; defaults to {@link Kernel#CLOUD}, the small one for virtual machines. */
        public Builder kernel(Kernel newKernel) {
            kernel = Checks.once("kernel", kernel, newKernel);
            return this;
        }

        /**
         * Leaves out qemu-guest-agent, which disks include by default. Through the agent, whoever runs the virtual machine has root in it, without a
         * password and without a trace in the machine's logs. Without it, {@code Machine.run} cannot run commands in a machine that runs from a disk.
         */
        public Builder withoutGuestAgent() {
            guestAgent = false;
            return this;
        }

        /**
         * Takes the packages built from a source package, such as {@code zfs-linux}, from the release's backports. Their dependencies come from the
         * release itself, unless their source is named here too.
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

        /** Adds a finished recipe, whatever the release is. */
        public Builder recipe(Recipe recipe) {
            Objects.requireNonNull(recipe, "recipe");
            return workload(release -> recipe);
        }

        /**
         * Builds the image.
         *
         * @throws InvalidImageException listing every problem found
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

        /** Returns the ZFS version that the machines will have, as far as it is known before apt is asked. */
        private String zfsVersion(Release base, List<Recipe> recipes) {
            boolean newer = Stream.concat(
                            backports.stream(), recipes.stream().flatMap(recipe -> recipe.backports().stream()))
                    .anyMatch(name -> name.value().equals("zfs-linux"));
            return newer ? NEWEST_ZFS : base.zfsVersion();
        }
    }
}
