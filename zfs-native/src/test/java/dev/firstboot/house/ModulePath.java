package dev.firstboot.house;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Puts what is on this test's class path on a module path. */
public final class ModulePath {
    private ModulePath() {}

    /**
     * Resolves the module that {@code member} belongs to, with everything it requires, into a layer of class loaders apart from
     * the test's own.
     */
    public static ModuleLayer layerOf(Class<?> member) {
        ModuleLayer boot = ModuleLayer.boot();
        String root = HouseRules.moduleOf(member).name();
        Configuration resolved = boot.configuration().resolve(mainClassPath(), ModuleFinder.of(), Set.of(root));
        return boot.defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader());
    }

    private static ModuleFinder mainClassPath() {
        return ModuleFinder.of(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(entry -> Files.exists(entry) && !holdsTests(entry))
                        .toArray(Path[]::new));
    }

    private static boolean holdsTests(Path entry) {
        String name = entry.getFileName().toString();
        return name.equals("test-classes") || name.endsWith("-tests.jar");
    }
}
