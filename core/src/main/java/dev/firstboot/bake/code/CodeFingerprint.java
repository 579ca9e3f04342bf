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
 * A fingerprint of a class and everything it can call. It follows the names in class files, from class to class within {@code dev.firstboot}, and
 * includes the resources that those classes read. There is no list to maintain and no version to increment. It uses the files as they ship, so it is
 * the same on every JDK. Immutable.
 *
 * <p>The subclasses of a sealed type are followed only if reached code uses a member of the type: a record that merely is one of them does not
 * include the others. Code called only by reflection is not seen.
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

    /** A cache of class files: steps share much of their code. It is freed when memory is short, and with its class loader. */
    private static final Map<ClassLoader, SoftReference<CodeFiles>> SHARED = new WeakHashMap<>();

    private final CodeFiles files;
    private final SortedMap<String, byte[]> reached = new TreeMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> called = new HashSet<>();
    private final SortedMap<String, Set<String>> sealed = new TreeMap<>();

    /** Follows the class of this name through {@code files}. */
    CodeFingerprint(String start, CodeFiles files) {
        this.files = files;
        waiting.add(start.replace('.', '/'));
        while (!waiting.isEmpty()) {
            follow(waiting.remove());
        }
    }

    /** Returns the fingerprint of a class and everything it can call. Computed once per class. */
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

    /** Returns the paths of the reached files: class files and resources. */
    Set<String> reached() {
        return Collections.unmodifiableSet(reached.keySet());
    }

    /** Returns the digest of all of them. */
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
