package dev.firstboot.bake.code;

import dev.firstboot.image.Digest;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.regex.Pattern;

/**
 * Tells one version of a class and of all that it can call from another. It follows the names in class files, from class to class, as far as they are in
 * {@code dev.firstboot}, and takes the resources along that those classes read. Nobody keeps a list, and nobody counts a version up. It goes by the files as they
 * ship, so it is the same on every JDK. Immutable.
 *
 * <p>Of a sealed type the subclasses are followed only if somebody that was reached uses a member of the type: a record that merely is one of them does not bring the
 * others along. What is called by reflection alone is not seen.
 */
public final class CodeFingerprint {
    private static final String OURS = "dev/firstboot/";
    private static final Pattern RESOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    private static final ClassValue<String> KNOWN = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return new CodeFingerprint(type.getName(), shared(type)).value();
        }
    };

    /** What was read already: steps share much of their code. It goes when memory is short, and with its class loader. */
    private static final Map<ClassLoader, SoftReference<CodeFiles>> SHARED = new WeakHashMap<>();

    private final CodeFiles files;
    private final SortedMap<String, byte[]> reached = new TreeMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> called = new HashSet<>();
    private final SortedMap<String, Set<String>> sealed = new TreeMap<>();

    /** What is reached from the class of this name, as {@code files} have it. */
    CodeFingerprint(String start, CodeFiles files) {
        this.files = files;
        waiting.add(start.replace('.', '/'));
        while (!waiting.isEmpty()) {
            follow(waiting.remove());
        }
    }

    /** The fingerprint of a class and of all that it can call. It is worked out once per class. */
    public static String of(Class<?> start) {
        return KNOWN.get(start);
    }

    private static CodeFiles shared(Class<?> type) {
        ClassLoader loader = Objects.requireNonNull(type.getClassLoader(), "the code of Java itself");
        synchronized (SHARED) {
            SoftReference<CodeFiles> known = SHARED.get(loader);
            CodeFiles files = known == null ? null : known.get();
            if (files == null) {
                files = CodeFiles.of(type).readOnce();
                SHARED.put(loader, new SoftReference<>(files));
            }
            return files;
        }
    }

    /** The paths of the files that are reached: class files and resources. */
    Set<String> reached() {
        return Collections.unmodifiableSet(reached.keySet());
    }

    /** The digest of them all. */
    String value() {
        MessageDigest sha256 = Digest.newSha256();
        reached.forEach((path, bytes) -> {
            sha256.update((path + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            sha256.update(bytes);
        });
        return Digest.of(sha256.digest()).toString();
    }

    private void follow(String name) {
        String path = name + ".class";
        if (reached.containsKey(path)) {
            return;
        }
        byte[] code = files.read(path)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "there is no class file " + path
                                        + ": it is what tells results of other code apart, so keep class files where the class loader finds them"));
        reached.put(path, code);
        ClassFile file = ClassFile.read(code);
        waitFor(file.classes());
        file.called().stream().filter(called::add).forEach(this::waitForSubclasses);
        if (!file.permitted().isEmpty()) {
            sealed.put(name, file.permitted());
            waitForSubclasses(name);
        }
        addResources(name.substring(0, name.lastIndexOf('/') + 1), file.texts());
    }

    private void waitForSubclasses(String type) {
        if (called.contains(type)) {
            waitFor(sealed.getOrDefault(type, Set.of()));
        }
    }

    private void waitFor(Set<String> names) {
        names.stream().filter(name -> name.startsWith(OURS)).forEach(waiting::add);
    }

    private void addResources(String directory, Set<String> texts) {
        for (String text : texts) {
            String path = directory + text;
            if (RESOURCE.matcher(text).matches() && !reached.containsKey(path)) {
                files.read(path).ifPresent(bytes -> reached.put(path, bytes));
            }
        }
    }

    @Override
    public String toString() {
        return "CodeFingerprint" + reached.keySet();
    }
}
