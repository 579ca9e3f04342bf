package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Content;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Download;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.image.User;
import dev.firstboot.plan.Configure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/** Puts the users, files, templates, downloads and mount points of the recipes in place. */
final class RecipeFiles {
    private final Layout layout;

    RecipeFiles(Layout layout) {
        this.layout = layout;
    }

    /** Creates the users; their groups may belong to another recipe's user. */
    void users(Configure image) {
        for (Recipe recipe : image.recipes()) {
            recipe.users().forEach(user -> user(recipe, user));
        }
        for (Recipe recipe : image.recipes()) {
            for (User user : recipe.users()) {
                for (String group : user.groups()) {
                    gid(group, "user " + user.name() + " of " + recipe.name() + " is to be in group");
                    layout.accounts().addMember(user.name(), group);
                }
            }
        }
    }

    /**
     * Adds a user. Refuses to change the home of a package's user: the existing user would stay as it is, and the recipe's home would be silently
     * ignored.
     */
    private void user(Recipe recipe, User user) {
        String home = user.home().value();
        layout.accounts()
                .home(user.name())
                .filter(own -> !home.equals(own)
                        && !home.equals(User.system(user.name()).home().value()))
                .ifPresent(own -> {
                    throw new LayoutException("user " + user.name() + " of " + recipe.name() + " is to have the home "
                            + home + ", but a package made it with " + own
                            + "; leave out home(...), or choose another name");
                });
        layout.accounts().addUser(user.name(), home);
    }

    void removals(Recipe recipe) {
        recipe.removals().forEach(path -> layout.remove(path.value()));
        for (FileEntry file : recipe.files()) {
            if (file.content() instanceof Template) {
                // What a package put there must not be used before the machine has written its own.
                layout.remove(file.path().value());
            }
        }
    }

    void files(Recipe recipe, Function<Download, Path> fetched) {
        recipe.datasets().forEach(set -> mountpoint(recipe, set));
        int number = 0;
        for (FileEntry file : recipe.files()) {
            String whose = "file " + file.path() + " of " + recipe.name() + " belongs to ";
            int uid = uid(file.owner(), whose + "user");
            int gid = gid(file.group(), whose + "group");
            if (file.content() instanceof Template template) {
                template(recipe, file, template, number++);
            } else {
                put(recipe, file, uid, gid);
            }
        }
        for (Download download : recipe.downloads()) {
            layout.file(download.path().value(), download.mode().bits(), fetched.apply(download));
        }
        recipe.files().stream()
                .filter(file -> file.content() instanceof Template)
                .forEach(file -> checkKeeper(recipe, file));
        for (Secret secret : recipe.secrets()) {
            gid(secret.group(), "secret " + secret.name() + " of " + recipe.name() + " is readable by group");
        }
        for (FirstBootStep step : recipe.steps()) {
            uid(step.user(), "first-boot step " + step.name() + " of " + recipe.name() + " runs as user");
        }
    }

    /** Creates a mount point. A dataset is mounted at its own path: through a link, the machine would look for its files elsewhere. */
    private void mountpoint(Recipe recipe, DatasetSpec set) {
        String path = set.mountpoint().value();
        String real =
                layout.find(path).map(Layout.Place::path).orElse(layout.tree().resolve(path));
        if (!real.equals(path)) {
            throw new LayoutException("dataset " + set.name() + " of " + recipe.name() + " cannot be at " + path
                    + ": there is a link on the way; say " + real);
        }
        if (layout.find(path).filter(place -> !place.directory()).isPresent()) {
            throw new LayoutException("dataset " + set.name() + " of " + recipe.name() + " cannot be at " + path
                    + ": that is a file of the installed system; choose another path");
        }
        layout.directory(path);
    }

    private void put(Recipe recipe, FileEntry file, int uid, int gid) {
        String path = file.path().value();
        int mode = file.mode().bits();
        if (file.content() instanceof Content.Text text) {
            layout.file(path, mode, uid, gid, text.text().getBytes(StandardCharsets.UTF_8));
        } else if (file.content() instanceof Content.Bytes bytes) {
            layout.file(path, mode, uid, gid, bytes.bytes());
        } else if (file.content() instanceof Content.Reference reference) {
            layout.file(path, mode, uid, gid, new Referred(recipe, file, reference));
        } else if (file.content() instanceof Content.Directory) {
            layout.directory(path, mode, uid, gid);
        } else if (file.content() instanceof Content.Symlink link) {
            layout.link(path, link.target());
        }
    }

    private void template(Recipe recipe, FileEntry file, Template template, int number) {
        String name = String.format(
                Locale.ROOT, "%03d-%s", number, file.path().value().replaceFirst(".*/", ""));
        layout.text(
                EngineFiles.DIRECTORY + "/templates/" + recipe.name() + "/" + name,
                0644,
                TemplateFile.text(file, template));
        String path = file.path().value();
        layout.directory(path.lastIndexOf('/') == 0 ? "/" : path.substring(0, path.lastIndexOf('/')));
    }

    /** Checks the owner of a template's directory, because the machine writes the file as that user. */
    private void checkKeeper(Recipe recipe, FileEntry file) {
        long keeper = layout.keeper(file.path().value());
        if (keeper != 0 && keeper != layout.accounts().uid(file.owner()).orElse(-1)) {
            throw new LayoutException("file " + file.path() + " of " + recipe.name() + " belongs to " + file.owner()
                    + ", but user ID " + keeper + " owns a directory above it and could replace it: "
                    + "give the file that owner, or put it elsewhere");
        }
    }

    private int uid(String user, String use) {
        OptionalInt uid = layout.accounts().uid(user);
        return uid.orElseThrow(() -> new LayoutException(use + " '" + user
                + "', which the image does not have: add the package that makes it, or the user to the recipe"));
    }

    private int gid(String group, String use) {
        OptionalInt gid = layout.accounts().gid(group);
        return gid.orElseThrow(
                () -> new LayoutException(
                        use + " '" + group
                                + "', which the image does not have: add the package that makes it, or a user of that name to the recipe"));
    }
}
