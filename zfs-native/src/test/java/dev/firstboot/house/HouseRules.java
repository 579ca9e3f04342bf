package dev.firstboot.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules that every published module keeps. */
public final class HouseRules {
    /** Libraries that we use and never show. */
    private static final Set<String> HIDDEN =
            Set.of("jnr.", "com.kenai.jffi.", "com.fasterxml.jackson.", "tools.jackson.", "org.apache.commons.");

    private HouseRules() {}

    /** The classes of the module that {@code member} belongs to: its main code only. */
    public static JavaClasses classesBeside(Class<?> member) {
        return new ClassFileImporter().importPath(locationOf(member));
    }

    /** The compiled {@code module-info.java} of the module that {@code member} belongs to. */
    public static ModuleDescriptor moduleOf(Class<?> member) {
        return ModuleFinder.of(locationOf(member)).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no module descriptor beside " + member));
    }

    private static Path locationOf(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Packages know each other in one direction only. */
    public static final ArchRule NO_PACKAGE_CYCLES = slices().matching("dev.(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("a cycle makes two packages one");

    /** Only this package may use the library whose packages start so. */
    public static ArchRule onlyIn(String owner, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .because(library + " is a detail of " + owner);
    }

    /** Every package that holds a class says {@code @NullMarked}. */
    public static void checkNullMarked(JavaClasses classes) {
        ArchRuleDefinition.classes()
                .should(new ArchCondition<JavaClass>("live in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!isDescriptor(type) && !isNullMarked(type.getPackage())) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    type.getName() + ": package " + type.getPackageName() + " is not @NullMarked"));
                        }
                    }
                })
                .check(classes);
    }

    private static boolean isNullMarked(JavaPackage javaPackage) {
        return javaPackage
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static boolean isDescriptor(JavaClass type) {
        return type.getSimpleName().equals("package-info")
                || type.getSimpleName().equals("module-info");
    }

    /** What the module exports shows no type of a library that we hide. */
    public static void checkNothingHiddenIsShown(JavaClasses classes, ModuleDescriptor module) {
        Set<String> exported = module.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        ArchRuleDefinition.classes()
                .that(new DescribedPredicate<JavaClass>("are public in an exported package") {
                    @Override
                    public boolean test(JavaClass type) {
                        return exported.contains(type.getPackageName()) && isShown(type);
                    }
                })
                .should(showOnlyOwnTypes())
                .allowEmptyShould(true)
                .check(classes);
    }

    private static boolean isShown(JavaClass type) {
        return isShown(type.getModifiers())
                && type.getEnclosingClass().map(HouseRules::isShown).orElse(true);
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaClass> showOnlyOwnTypes() {
        return new ArchCondition<>("show no type of " + HIDDEN) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.of(
                                type.getFields().stream()
                                        .filter(field -> isShown(field.getModifiers()))
                                        .flatMap(HouseRules::typesOf),
                                type.getCodeUnits().stream()
                                        .filter(unit -> isShown(unit.getModifiers()))
                                        .flatMap(HouseRules::typesOf),
                                type.getAllRawSuperclasses().stream(),
                                type.getAllRawInterfaces().stream(),
                                type.getTypeParameters().stream()
                                        .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()))
                        .flatMap(shown -> shown)
                        .map(JavaClass::getBaseComponentType)
                        .filter(shown -> HIDDEN.stream().anyMatch(shown.getName()::startsWith))
                        .distinct()
                        .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " shows " + shown.getName() + " in its signature")));
            }
        };
    }

    private static Stream<JavaClass> typesOf(JavaField field) {
        return field.getType().getAllInvolvedRawTypes().stream();
    }

    private static Stream<JavaClass> typesOf(JavaCodeUnit unit) {
        return Stream.of(
                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream()
                                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()),
                        unit.getThrowsClause().getTypes().stream(),
                        unit.getTypeParameters().stream()
                                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()))
                .flatMap(types -> types);
    }
}
