package dev.firstboot.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Lets shared services answer the needs of recipes. */
final class Needs {
    /** Chains of services are short; whoever is not done after this many rounds asks for something new every time. */
    private static final int ROUNDS = 16;

    private final Release release;

    private Needs(Release release) {
        this.release = release;
    }

    /**
     * Returns the recipes of all needed services, then the recipes that asked. Recipes of services may have needs too, so all are asked again until
     * there is no new need.
     *
     * @throws InvalidImageException if the needs never end
     */
    static List<Recipe> answer(String image, Release release, List<Recipe> asking) {
        Needs needs = new Needs(release);
        List<Recipe> all = asking;
        Map<SharedService<?>, List<Request<?>>> answered = Map.of();
        for (int round = 0; round < ROUNDS; round++) {
            Map<SharedService<?>, List<Request<?>>> requests = requests(all);
            if (requests.equals(answered)) {
                return all;
            }
            List<Recipe> answers = new ArrayList<>();
            requests.forEach((service, own) -> answers.add(needs.answer(service, own)));
            requireNew(image, answers, asking);
            answered = requests;
            all = Stream.concat(answers.stream(), asking.stream()).toList();
        }
        throw new InvalidImageException(
                image,
                List.of("the needs of the services "
                        + answered.keySet().stream().map(Object::toString).toList()
                        + " have no end: each round brings new ones"));
    }

    private static void requireNew(String image, List<Recipe> answers, List<Recipe> asking) {
        for (Recipe answer : answers) {
            if (asking.stream().anyMatch(recipe -> recipe.name().equals(answer.name()))) {
                throw new InvalidImageException(
                        image,
                        List.of("recipe " + answer.name()
                                + " is there already, and a workload needs another of that name;"
                                + " an image that is built has finished recipes, so add all workloads to one builder"));
            }
        }
    }

    private static Map<SharedService<?>, List<Request<?>>> requests(List<Recipe> recipes) {
        Map<SharedService<?>, List<Request<?>>> requests = new LinkedHashMap<>();
        for (Recipe recipe : recipes) {
            for (Need<?> need : recipe.needs()) {
                requests.computeIfAbsent(need.service(), service -> new ArrayList<>())
                        .add(request(recipe, need));
            }
        }
        return requests;
    }

    @SuppressWarnings("unchecked") // A need is of the type that it says its service answers.
    private static <N extends Need<N>> Request<N> request(Recipe recipe, Need<?> need) {
        return new Request<>(recipe, (N) need);
    }

    @SuppressWarnings("unchecked") // The requests of a service are of needs that name it.
    private <N extends Need<N>> Recipe answer(SharedService<N> service, List<Request<?>> requests) {
        return Objects.requireNonNull(
                service.recipe(
                        release, requests.stream().map(r -> (Request<N>) r).toList()),
                () -> "service " + service + " returned no recipe");
    }
}
