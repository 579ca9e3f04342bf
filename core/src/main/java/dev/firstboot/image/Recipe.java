package dev.firstboot.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one workload adds to an image. The bakery executes it, a plan prints it, a manifest records it. Immutable; lists keep the order in which parts
 * were added.
 */
public final class Recipe {
    private final Parts parts;
    private final List<Need<?>> needs;
    private final List<String> problems;

    private Recipe(Parts parts, List<Need<?>> needs, List<String> problems) {
        this.parts = parts;
        this.needs = List.copyOf(needs);
        this.problems = List.copyOf(problems);
    }

    /** All parts of a recipe; also its JSON form. */
    record Parts(
            String name,
            List<PackageName> packages,
            List<PackageName> backports,
            List<PackageSource> sources,
            List<Download> downloads,
            List<User> users,
            List<UnixPath> removals,
            List<UnixPath> allowed,
            List<FileEntry> files,
            List<Unit> units,
            List<DatasetSpec> datasets,
            List<Secret> secrets,
            List<FirstBootStep> steps,
            List<Port> ports,
            List<Probe> probes) {
        Parts {
            Names.label("recipe name", name);
            packages = List.copyOf(packages);
            backports = List.copyOf(backports);
            sources = List.copyOf(sources);
            downloads = List.copyOf(downloads);
            users = List.copyOf(users);
            removals = List.copyOf(removals);
            allowed = List.copyOf(allowed);
            files = List.copyOf(files);
            units = List.copyOf(units);
            datasets = List.copyOf(datasets);
            secrets = List.copyOf(secrets);
            steps = List.copyOf(steps);
            ports = List.copyOf(ports);
            probes = List.copyOf(probes);
        }
    }

    static Recipe of(Parts parts) {
        return new Recipe(parts, List.of(), List.of());
    }

    /** Returns this recipe with its needs answered: the secrets that come with them are its own, and no needs or problems remain. */
    Recipe answered() {
        if (needs.isEmpty() && problems.isEmpty()) {
            return this;
        }
        Builder builder = toBuilder();
        needs.forEach(need -> builder.secrets.addAll(need.secrets()));
        builder.needs.clear();
        builder.problems.clear();
        return builder.build();
    }

    /** Returns the problems that this recipe reported itself. */
    List<String> problems() {
        return problems;
    }

    Parts parts() {
        return parts;
    }

    /** Returns a builder for a recipe of this name: a DNS label, unique within an image. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns a builder with everything in this recipe. */
    public Builder toBuilder() {
        Builder builder = new Builder(parts.name());
        builder.packages.addAll(parts.packages());
        builder.backports.addAll(parts.backports());
        builder.sources.addAll(parts.sources());
        builder.downloads.addAll(parts.downloads());
        builder.users.addAll(parts.users());
        builder.removals.addAll(parts.removals());
        builder.allowed.addAll(parts.allowed());
        builder.files.addAll(parts.files());
        builder.units.addAll(parts.units());
        builder.datasets.addAll(parts.datasets());
        builder.secrets.addAll(parts.secrets());
        builder.steps.addAll(parts.steps());
        builder.ports.addAll(parts.ports());
        builder.probes.addAll(parts.probes());
        builder.needs.addAll(needs);
        builder.problems.addAll(problems);
        return builder;
    }

    public String name() {
        return parts.name();
    }

    /** Returns the Debian packages to install: with their dependencies, without their recommendations. */
    public List<PackageName> packages() {
        return parts.packages();
    }

    /** Returns the source packages whose packages come from the release's backports; see {@link Image.Builder#backport(String)}. */
    public List<PackageName> backports() {
        return parts.backports();
    }

    /** Returns the package sources besides Debian itself. */
    public List<PackageSource> sources() {
        return parts.sources();
    }

    public List<Download> downloads() {
        return parts.downloads();
    }

    public List<User> users() {
        return parts.users();
    }

    /** Returns the paths that packages install but the image must not contain; a directory includes everything in it. */
    public List<UnixPath> removals() {
        return parts.removals();
    }

    /** Returns the paths that may be in the image although no package ships them as they are; a directory includes everything in it. */
    public List<UnixPath> allowed() {
        return parts.allowed();
    }

    public List<FileEntry> files() {
        return parts.files();
    }

    public List<Unit> units() {
        return parts.units();
    }

    public List<DatasetSpec> datasets() {
        return parts.datasets();
    }

    public List<Secret> secrets() {
        return parts.secrets();
    }

    /** Returns the steps that the machine runs at boot, in this order. */
    public List<FirstBootStep> steps() {
        return parts.steps();
    }

    public List<Port> ports() {
        return parts.ports();
    }

    public List<Probe> probes() {
        return parts.probes();
    }

    /** Returns what the recipe needs from shared services. Recipes of an {@link Image} have no needs left: the recipes before them answer these. */
    public List<Need<?>> needs() {
        return needs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recipe that
                && parts.equals(that.parts)
                && needs.equals(that.needs)
                && problems.equals(that.problems);
    }

    @Override
    public int hashCode() {
        return Objects.hash(parts, needs, problems);
    }

    @Override
    public String toString() {
        return "Recipe[" + name() + ": " + packages().size() + " packages, " + files().size() + " files, "
                + steps().size() + " first-boot steps, ports " + ports() + ", " + probes().size() + " probes]";
    }

    /** Collects the parts of a recipe. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<PackageName> packages = new ArrayList<>();
        private final List<PackageName> backports = new ArrayList<>();
        private final List<PackageSource> sources = new ArrayList<>();
        private final List<Download> downloads = new ArrayList<>();
        private final List<User> users = new ArrayList<>();
        private final List<UnixPath> removals = new ArrayList<>();
        private final List<UnixPath> allowed = new ArrayList<>();
        private final List<FileEntry> files = new ArrayList<>();
        private final List<Unit> units = new ArrayList<>();
        private final List<DatasetSpec> datasets = new ArrayList<>();
        private final List<Secret> secrets = new ArrayList<>();
        private final List<FirstBootStep> steps = new ArrayList<>();
        private final List<Port> ports = new ArrayList<>();
        private final List<Probe> probes = new ArrayList<>();
        private final List<Need<?>> needs = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        private Builder(String name) {
            this.name = Names.label("recipe name", name);
        }

        /** Adds a package by name, such as {@code nginx}. */
        public Builder addPackage(String packageName) {
            packages.add(PackageName.of(packageName));
            return this;
        }

        /** Adds packages by name. */
        public Builder addPackages(String... packageNames) {
            for (String packageName : Objects.requireNonNull(packageNames, "packageNames")) {
                addPackage(packageName);
            }
            return this;
        }

        /** Takes the packages built from these source packages from the release's backports, like {@link Image.Builder#backport(String)}. */
        public Builder addBackports(String... sourcePackages) {
            for (String sourcePackage : Objects.requireNonNull(sourcePackages, "sourcePackages")) {
                backports.add(PackageName.of(sourcePackage));
            }
            return this;
        }

        public Builder addSource(PackageSource source) {
            sources.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        public Builder addDownload(Download download) {
            downloads.add(Objects.requireNonNull(download, "download"));
            return this;
        }

        public Builder addUser(User user) {
            users.add(Objects.requireNonNull(user, "user"));
            return this;
        }

        /** Leaves a path that a package installs out of the image; a directory goes with everything in it. */
        public Builder addRemoval(String path) {
            removals.add(UnixPath.of(path));
            return this;
        }

        /**
         * Allows a file, or everything in a directory, that a package generated during installation and that no rule of the bake explains. Use it
         * only for what every machine may share. Keys, tokens and identities that the bake recognizes by their form are still refused; text that
         * only looks like a password, and {@code authorized_keys}, are allowed.
         *
         * @throws IllegalArgumentException if the path is invalid, or is a top-level directory such as {@code /etc}
         */
        public Builder allow(String path) {
            UnixPath unixPath = UnixPath.of(path);
            if (path.lastIndexOf('/') == 0) {
                throw new IllegalArgumentException("to allow " + path + " would allow too much: name the files");
            }
            allowed.add(unixPath);
            return this;
        }

        public Builder addFile(FileEntry file) {
            files.add(Objects.requireNonNull(file, "file"));
            return this;
        }

        public Builder addUnit(Unit unit) {
            units.add(Objects.requireNonNull(unit, "unit"));
            return this;
        }

        public Builder addDataset(DatasetSpec dataset) {
            datasets.add(Objects.requireNonNull(dataset, "dataset"));
            return this;
        }

        public Builder addSecret(Secret secret) {
            secrets.add(Objects.requireNonNull(secret, "secret"));
            return this;
        }

        public Builder addStep(FirstBootStep step) {
            steps.add(Objects.requireNonNull(step, "step"));
            return this;
        }

        public Builder addPort(Port port) {
            ports.add(Objects.requireNonNull(port, "port"));
            return this;
        }

        public Builder addProbe(Probe probe) {
            probes.add(Objects.requireNonNull(probe, "probe"));
            return this;
        }

        /**
         * Adds a need for a shared service, such as a PostgreSQL database or an NGINX site. {@link Image.Builder#build()} adds one recipe per service
         * that is needed. The secrets that come with the need belong to this recipe: its templates can use them.
         */
        public Builder need(Need<?> need) {
            needs.add(Objects.requireNonNull(need, "need"));
            return this;
        }

        /**
         * Reports a problem that only this recipe can see, such as a configuration that names something missing. {@link Image.Builder#build()} then
         * fails and lists it with all other problems.
         *
         * @param problem one sentence that says what is wrong and how to fix it
         */
        public Builder addProblem(String problem) {
            problems.add(Names.line("problem", problem));
            return this;
        }

        /** Builds the recipe. Whether its parts fit together is checked when the image is built. */
        public Recipe build() {
            return new Recipe(
                    new Parts(
                            name, packages, backports, sources, downloads, users, removals, allowed, files, units,
                            datasets, secrets, steps, ports, probes),
                    needs,
                    problems);
        }
    }
}
