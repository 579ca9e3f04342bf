package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Needs of recipes and the services that answer them, as a user would write them. */
class SharedServiceTest {
    /** Queues for messages; its server writes to a log service, which is shared as well. */
    private record Queue(String name) implements Need<Queue> {
        private static final Queues SERVICE = new Queues();

        @Override
        public SharedService<Queue> service() {
            return SERVICE;
        }

        @Override
        public List<Secret> secrets() {
            return List.of(Secret.password(name + "-password", 32));
        }
    }

    private static final class Queues implements SharedService<Queue> {
        @Override
        public Recipe recipe(Release release, List<Request<Queue>> requests) {
            Recipe.Builder recipe = Recipe.builder("queues").need(new Log("queues"));
            requests.forEach(request -> recipe.addFile(FileEntry.text(
                    "/etc/queues/" + request.need().name(),
                    request.from() + " " + request.need().secrets().get(0).file(request.from()) + "\n")));
            if (requests.stream().map(Request::need).distinct().count() < requests.size()) {
                recipe.addProblem("a queue is claimed twice");
            }
            return recipe.build();
        }
    }

    private record Log(String name) implements Need<Log> {
        private static final SharedService<Log> SERVICE = (release, requests) -> {
            Recipe.Builder recipe = Recipe.builder("logs");
            requests.forEach(request ->
                    recipe.addFile(FileEntry.text("/etc/logs/" + request.need().name(), "")));
            return recipe.build();
        };

        @Override
        public SharedService<Log> service() {
            return SERVICE;
        }
    }

    /** Asks itself for more each time. */
    private record Endless(int count) implements Need<Endless> {
        private static final SharedService<Endless> SERVICE = new SharedService<>() {
            @Override
            public Recipe recipe(Release release, List<Request<Endless>> requests) {
                Recipe.Builder recipe = Recipe.builder("endless");
                requests.forEach(
                        request -> recipe.need(new Endless(request.need().count() + 1)));
                return recipe.build();
            }

            @Override
            public String toString() {
                return "endless";
            }
        };

        @Override
        public SharedService<Endless> service() {
            return SERVICE;
        }
    }

    private static Recipe asking(String name, Need<?> need) {
        return Recipe.builder(name).need(need).build();
    }

    private static Image.Builder image() {
        return Image.builder().name("shared");
    }

    private static List<String> files(Recipe recipe) {
        return recipe.files().stream().map(file -> file.path().value()).toList();
    }

    @Test
    void build_needsOfTwoRecipes_areAnsweredByOneRecipe() {
        Image image = image().recipe(asking("shop", new Queue("orders")))
                .recipe(asking("desk", new Queue("tickets")))
                .build();

        assertThat(image.recipes()).extracting(Recipe::name).containsExactly("logs", "queues", "shop", "desk");
        assertThat(files(image.recipes().get(1))).containsExactly("/etc/queues/orders", "/etc/queues/tickets");
        assertThat(((Content.Text) image.recipes().get(1).files().get(1).content()).text())
                .isEqualTo("desk /var/lib/firstboot/secrets/desk/tickets-password\n");
    }

    @Test
    void build_serviceWithNeedsOfItsOwn_hasThemAnsweredToo() {
        Image image = image().recipe(asking("audit", new Log("audit")))
                .recipe(asking("shop", new Queue("orders")))
                .build();

        assertThat(image.recipes()).extracting(Recipe::name).containsExactly("logs", "queues", "audit", "shop");
        assertThat(files(image.recipes().get(0))).containsExactlyInAnyOrder("/etc/logs/audit", "/etc/logs/queues");
    }

    @Test
    void build_secretsOfANeed_belongToTheRecipeThatAsks() {
        Recipe shop = Recipe.builder("shop")
                .need(new Queue("orders"))
                .addFile(FileEntry.template(
                        "/etc/shop.conf",
                        Template.builder()
                                .secret("orders-password", Escape.NONE)
                                .build()))
                .build();

        Recipe finished = image().recipe(shop).build().recipes().get(2);

        assertThat(finished.secrets()).containsExactly(Secret.password("orders-password", 32));
        assertThat(finished.needs()).isEmpty();
    }

    @Test
    void build_problemsOfRecipes_areToldWithAllOthers() {
        Recipe shop = Recipe.builder("shop")
                .need(new Queue("orders"))
                .addProblem("the price list has no prices")
                .addPort(Port.tcp(80, "shop"))
                .build();
        Recipe desk = Recipe.builder("desk")
                .need(new Queue("orders"))
                .addPort(Port.tcp(80, "desk"))
                .build();

        assertThatThrownBy(() -> image().recipe(shop).recipe(desk).build())
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .contains(
                                        "queues: a queue is claimed twice",
                                        "shop: the price list has no prices",
                                        "port 80/tcp is claimed by both shop and desk"));
    }

    @Test
    void build_needsWithoutEnd_areAProblem() {
        assertThatThrownBy(() -> image().recipe(asking("more", new Endless(0))).build())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("'shared'")
                .hasMessageContaining("[endless] have no end");
    }

    @Test
    void json_ofFinishedRecipes_roundTrips() {
        Image image = image().recipe(asking("shop", new Queue("orders"))).build();

        assertThat(Image.fromJson(image.toJson())).isEqualTo(image);
        assertThat(image.toBuilder().build()).isEqualTo(image);
    }

    @Test
    void toBuilder_ofARecipe_keepsNeedsAndProblems() {
        Recipe recipe = Recipe.builder("shop")
                .need(new Queue("orders"))
                .addProblem("something")
                .build();

        assertThat(recipe.toBuilder().build()).isEqualTo(recipe).hasSameHashCodeAs(recipe);
        assertThat(recipe).isNotEqualTo(Recipe.builder("shop").build());
    }

    private record Empty() implements Need<Empty> {
        @Override
        @SuppressWarnings("NullAway") // As a service of a program without null checks may do.
        public SharedService<Empty> service() {
            return (release, requests) -> null;
        }
    }

    @Test
    void build_serviceWithoutARecipe_isNamed() {
        assertThatThrownBy(() -> image().recipe(asking("shop", new Empty())).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("returned no recipe");
    }
}
