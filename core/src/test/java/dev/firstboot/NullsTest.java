package dev.firstboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.advisory.SecurityTracker;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.PackageSet;
import dev.firstboot.bake.BakeListener;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Claims;
import dev.firstboot.image.Content;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Digest;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.Download;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FileMode;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Image;
import dev.firstboot.image.InvalidImageException;
import dev.firstboot.image.Need;
import dev.firstboot.image.PackageName;
import dev.firstboot.image.PackageSource;
import dev.firstboot.image.Plannable;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import dev.firstboot.image.SharedService;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.image.UnixPath;
import dev.firstboot.image.User;
import dev.firstboot.image.Workload;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whoever passes null to the vocabulary of images, to a target or to a bakery's builder is told so at once, and which of the values it was. */
class NullsTest {
    private static final String KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n";
    private static final List<Object> TEXTS = List.of(
            "sample",
            "/srv/sample",
            "#!/bin/sh\n",
            "https://example.com/x",
            "0".repeat(64),
            "0644",
            "sample.service",
            "sample.example.com",
            "main/",
            KEY,
            "YQ==",
            "Sample",
            "package-info.class");

    private static final List<String> WRONG_TEXTS = List.of(
            "",
            " ",
            "a\0b",
            "a\nb",
            "/",
            "..",
            "/a/../b",
            "no such thing",
            "Ä",
            "\ud800",
            "%zz",
            "x".repeat(70_000),
            "{",
            "#!");

    private static final List<Object> NUMBERS = List.of(16, 80, 200, 1);

    @TempDir
    private static Path directory;

    /** A need that is answered with nothing. */
    private record Nothing() implements Need<Nothing> {
        @Override
        public SharedService<Nothing> service() {
            return (release, requests) -> Recipe.builder("nothing").build();
        }
    }

    /** What can be passed for a type; the first that works with the others is taken. */
    private static List<Object> samples(Class<?> type) {
        if (type == String.class) {
            return TEXTS;
        } else if (type == int.class) {
            return NUMBERS;
        } else if (type == long.class) {
            return List.of(4L << 30, 1L);
        } else if (type == boolean.class) {
            return List.of(true);
        } else if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        } else if (type == List.class) {
            return List.of(List.of(), List.of("/bin/true"));
        } else if (type == ByteSize.class) {
            return List.of(ByteSize.gibibytes(8), ByteSize.kibibytes(4));
        } else if (type == String[].class) {
            return TEXTS.stream()
                    .map(text -> (Object) new String[] {(String) text})
                    .toList();
        }
        Object only = Map.<Class<?>, Supplier<Object>>ofEntries(
                        Map.entry(byte[].class, () -> new byte[32]),
                        Map.entry(Map.class, Map::of),
                        Map.entry(Class.class, () -> NullsTest.class),
                        Map.entry(Duration.class, () -> Duration.ofSeconds(1)),
                        Map.entry(URI.class, () -> URI.create("https://example.com/debian")),
                        Map.entry(Path.class, NullsTest::file),
                        Map.entry(Clock.class, Clock::systemUTC),
                        Map.entry(Executor.class, () -> (Executor) Runnable::run),
                        Map.entry(BakeListener.class, () -> (BakeListener) event -> {}),
                        Map.entry(
                                AdvisoryPolicy.class,
                                () -> AdvisoryPolicy.of(SecurityTracker.debian())
                                        .refuseFixable()),
                        Map.entry(Manifest.class, NullsTest::manifest),
                        Map.entry(Content.class, () -> new Content.Text("x")),
                        Map.entry(Template.class, () -> Template.builder().build()),
                        Map.entry(DatasetSpec.class, () -> DatasetSpec.stack("d", "/srv/d")),
                        Map.entry(Digest.class, () -> Digest.sha256("0".repeat(64))),
                        Map.entry(DomainName.class, () -> DomainName.of("a.example.com")),
                        Map.entry(Download.class, () -> Download.of("https://e.com/x", "0".repeat(64), "/srv/x")),
                        Map.entry(FileEntry.class, () -> FileEntry.text("/srv/x", "")),
                        Map.entry(FileMode.class, () -> FileMode.of(0644)),
                        Map.entry(FirstBootStep.class, () -> FirstBootStep.script("s", "#!/bin/sh\n")),
                        Map.entry(Image.class, () -> Image.builder().name("i").build()),
                        Map.entry(Consumer.class, () -> (Consumer<String>) problem -> {}),
                        Map.entry(Claims.class, () -> new Claims("twice by", problem -> {})),
                        Map.entry(Need.class, Nothing::new),
                        Map.entry(PackageName.class, () -> PackageName.of("nginx")),
                        Map.entry(
                                PackageSource.class,
                                () -> new PackageSource("s", URI.create("copy:/x"), "./", List.of(), KEY)),
                        Map.entry(Port.class, () -> Port.tcp(80, "web")),
                        Map.entry(Probe.class, () -> Probe.command("p", "/bin/true")),
                        Map.entry(Recipe.class, () -> Recipe.builder("r").build()),
                        Map.entry(Secret.class, () -> Secret.hex("s", 16)),
                        Map.entry(Plannable.class, () -> RootfsTar.to("x.tar")),
                        Map.entry(Target.class, () -> RootfsTar.to("x.tar")),
                        Map.entry(Unit.class, () -> Unit.named("a.service")),
                        Map.entry(UnixPath.class, () -> UnixPath.of("/srv/x")),
                        Map.entry(User.class, () -> User.system("u")),
                        Map.entry(Workload.class, () ->
                                (Workload) release -> Recipe.builder("r").build()),
                        Map.entry(Disk.class, () -> Disk.qcow2("x.qcow2")),
                        Map.entry(RootfsTar.class, () -> RootfsTar.to("x.tar")))
                .getOrDefault(type, () -> {
                    throw new AssertionError("there is no sample of " + type);
                })
                .get();
        return List.of(only);
    }

    private static Path file() {
        try {
            return Files.writeString(directory.resolve("sample"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the methods of a type are called on. */
    private static Object instance(Class<?> type) {
        if (type == Image.Builder.class) {
            return Image.builder();
        } else if (type == Recipe.Builder.class) {
            return Recipe.builder("r");
        } else if (type == Template.Builder.class) {
            return Template.builder();
        } else if (type == Bakery.Builder.class) {
            return Bakery.builder();
        }
        return samples(type).get(0);
    }

    private static Manifest manifest() {
        return Manifest.of(
                Image.builder().name("i").build(),
                Digest.sha256("0".repeat(64)),
                new PackageSet(Instant.EPOCH, List.of("trixie"), List.of(), List.of()),
                Map.of());
    }

    @Test
    void bakery_null_isToldAtOnce() {
        Image image = Image.builder().name("i").build();
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(directory.resolve("cache")).build()) {
            for (Method method : Bakery.class.getMethods()) {
                Class<?>[] types = method.getParameterTypes();
                if (types.length != 2 || types[0] != Image.class) {
                    continue;
                }
                Object target = samples(types[1]).get(0);
                assertThatThrownBy(() -> call(method, bakery, null, target)).hasMessage("image");
                assertThatThrownBy(() -> call(method, bakery, image, null)).hasMessage("target");
            }
        }
    }

    private static void call(Method method, Object on, Object... arguments) throws Throwable {
        try {
            method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyParameter_null_isToldAtOnce() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Class<?> type : types()) {
            Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods()))
                    .filter(NullsTest::isPartOfTheApi)
                    .forEach(call -> {
                        for (int i = 0; i < call.getParameterCount(); i++) {
                            int index = i;
                            if (!call.getParameterTypes()[i].isPrimitive()) {
                                tests.add(DynamicTest.dynamicTest(
                                        type.getSimpleName() + "." + call.getName() + " " + i,
                                        () -> refusesNull(call, index)));
                            }
                        }
                    });
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests.stream();
    }

    /** Whatever is wrong with a text by itself, it is one kind of error, at the call that takes it. */
    @TestFactory
    Stream<DynamicTest> everyText_wrong_isAnIllegalArgumentOrTaken() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Class<?> type : types()) {
            Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods()))
                    .filter(NullsTest::isPartOfTheApi)
                    .filter(call -> !call.getName().equals("fromJson"))
                    .filter(call -> List.of(call.getParameterTypes()).contains(String.class))
                    .forEach(call -> tests.add(DynamicTest.dynamicTest(
                            type.getSimpleName() + "." + call.getName(), () -> takesOrRefusesTexts(call))));
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests.stream();
    }

    private static void takesOrRefusesTexts(Executable call) {
        Object[] valid = validArguments(call);
        for (int i = 0; i < valid.length; i++) {
            for (String wrong : WRONG_TEXTS) {
                if (valid[i] instanceof String) {
                    Object[] arguments = valid.clone();
                    arguments[i] = wrong;
                    Throwable thrown = catchThrowable(() -> invoke(call, arguments));
                    if (thrown != null) {
                        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
                        if (!(thrown instanceof InvalidPathException)) {
                            assertThat(thrown.getMessage()).isNotBlank().doesNotContain("\0", "index ", "null");
                        }
                    }
                }
            }
        }
    }

    private static void refusesNull(Executable call, int index) {
        Object[] arguments = validArguments(call);
        Parameter parameter = call.getParameters()[index];
        Object valid = arguments[index];
        arguments[index] = null;
        assertThatThrownBy(() -> invoke(call, arguments))
                .isInstanceOf(NullPointerException.class)
                .message()
                .isNotBlank()
                // Java's own words are about our code, not about what was passed.
                .doesNotContain("Cannot ", "because ")
                .contains(parameter.isNamePresent() ? parameter.getName() : "");
        if (valid instanceof String[]) {
            arguments[index] = new String[] {null};
            assertThatThrownBy(() -> invoke(call, arguments)).isInstanceOf(NullPointerException.class);
        } else if (valid instanceof Collection<?>) {
            arguments[index] = Arrays.asList(new Object[] {null});
            assertThatThrownBy(() -> invoke(call, arguments)).isInstanceOf(NullPointerException.class);
        }
    }

    /** The first of all samples that the call takes. */
    private static Object[] validArguments(Executable call) {
        List<Object[]> tries = new ArrayList<>();
        tries.add(new Object[call.getParameterCount()]);
        for (int i = 0; i < call.getParameterCount(); i++) {
            int index = i;
            tries = tries.stream()
                    .flatMap(some -> samples(call.getParameterTypes()[index]).stream()
                            .map(sample -> {
                                Object[] more = some.clone();
                                more[index] = sample;
                                return more;
                            }))
                    .toList();
        }
        for (Object[] arguments : tries) {
            try {
                invoke(call, arguments.clone());
                return arguments;
            } catch (InvalidImageException e) {
                // Understood, at least.
                return arguments;
            } catch (Throwable e) {
                // The next one.
            }
        }
        throw new AssertionError("no sample fits " + call);
    }

    private static void invoke(Executable call, Object... arguments) throws Throwable {
        Class<?> type = call.getDeclaringClass();
        try {
            if (call instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else if (call instanceof Method method) {
                method.invoke(Modifier.isStatic(method.getModifiers()) ? null : instance(type), arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isPartOfTheApi(Executable call) {
        return Modifier.isPublic(call.getModifiers())
                && !call.isSynthetic()
                && !Modifier.isAbstract(call.getModifiers())
                && !List.of("equals", "compareTo", "valueOf", "planFor", "deliver")
                        .contains(call.getName());
    }

    private static List<Class<?>> types() throws IOException {
        List<Class<?>> types = new ArrayList<>(List.of(Bakery.Builder.class, Disk.class, RootfsTar.class));
        Path root = Path.of(URI.create(
                Image.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        try (Stream<Path> files = Files.list(root.resolve("dev/firstboot/image"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .sorted()
                    .map(name -> load(name.replace(".class", "")))
                    .filter(type -> Modifier.isPublic(type.getModifiers()) && !type.isSynthetic())
                    .forEach(types::add);
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("dev.firstboot.image." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
