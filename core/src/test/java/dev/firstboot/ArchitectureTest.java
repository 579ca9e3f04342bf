package dev.firstboot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import dev.firstboot.house.HouseRules;
import dev.firstboot.house.HouseTest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest extends HouseTest {
    ArchitectureTest() {
        super(FirstbootException.class);
    }

    /** Who may know whom: zfs.property ← image ← machine ← artifact ← plan ← bake. Everyone may use {@code dev.firstboot} itself. */
    @ParameterizedTest
    @CsvSource({
        "dev.firstboot, ''",
        "dev.firstboot.image.., dev.firstboot.internal.check dev.firstboot.internal.json dev.firstboot.zfs.property",
        "dev.firstboot.plan.., dev.firstboot.artifact dev.firstboot.image dev.firstboot.internal.json dev.firstboot.zfs.poolimage",
        "dev.firstboot.machine.., dev.firstboot.image dev.firstboot.internal.check dev.firstboot.internal.tool dev.firstboot.internal.json",
        "dev.firstboot.stack.., dev.firstboot.image",
        "dev.firstboot.operate.., dev.firstboot.image dev.firstboot.internal.json dev.firstboot.machine",
        "dev.firstboot.advisory.., dev.firstboot.image dev.firstboot.internal.json dev.firstboot.internal.net",
        "dev.firstboot.artifact.., dev.firstboot.advisory dev.firstboot.image dev.firstboot.machine dev.firstboot.machine.container dev.firstboot.machine.qemu dev.firstboot.internal.json",
        "dev.firstboot.internal.tool.., ''",
        "dev.firstboot.internal.check.., ''",
    })
    void package_always_knowsOnly(String who, String mayKnow) {
        Set<String> allowed = Set.copyOf(Arrays.asList(mayKnow.split(" ")));
        String own = who.replace("..", "");
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are ours and outside of " + allowed) {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getPackageName();
                        return name.startsWith("dev.firstboot")
                                && !name.equals("dev.firstboot")
                                && !name.equals(own)
                                && !name.startsWith(own.equals("dev.firstboot") ? "-" : own + ".")
                                && !allowed.contains(name);
                    }
                })
                .allowEmptyShould(true)
                .because("data goes one way: image, plan, bake, artifact, machine; a target names what it delivers")
                .check(classes);
    }

    /** Kinds of machines share what is in {@code life}, which nobody else sees, and know nothing of each other. */
    @Test
    void kindsOfMachines_always_standBesideEachOther() {
        assertThat(HouseRules.moduleOf(FirstbootException.class).exports())
                .extracting(export -> export.source())
                .doesNotContain("dev.firstboot.machine.life");
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.firstboot.machine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.firstboot.machine.life")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.firstboot.machine.qemu")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.firstboot.machine.container")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.firstboot.machine.container")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.firstboot.machine.qemu")
                .check(classes);
    }

    @Test
    void jackson_always_staysInInternalJson() {
        HouseRules.onlyIn("dev.firstboot.internal.json", "com.fasterxml.jackson..")
                .check(classes);
    }

    @Test
    void commonsCompress_always_staysOutOfExportedPackages() {
        String[] exported = HouseRules.moduleOf(FirstbootException.class).exports().stream()
                .map(export -> export.source())
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(exported)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons..")
                .because("commons-compress is a detail of how archives are written")
                .check(classes);
    }

    /** Nobody outside can catch, or even name, an exception of a package that is not exported: calls of tools are wrapped. */
    @Test
    void toolExceptions_ofExportedPackages_areCaughtInside() {
        Set<String> exported = HouseRules.moduleOf(FirstbootException.class).exports().stream()
                .map(export -> export.source())
                .collect(Collectors.toSet());
        Set<String> throwing = Set.of("require", "execute", "text", "start", "words");
        List<String> loose = classes.stream()
                .filter(type -> exported.contains(type.getPackageName()))
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> Stream.concat(
                                unit.getMethodCallsFromSelf().stream(), unit.getMethodReferencesFromSelf().stream())
                        .filter(call -> throwing.contains(call.getTarget().getName())
                                && TOOLS.contains(call.getTargetOwner().getFullName())
                                && !caught(unit, call)))
                .map(JavaAccess::getDescription)
                .filter(call -> WRAPPED.stream().noneMatch(call::contains))
                .toList();
        assertThat(loose).isEmpty();
    }

    /** Who wraps what is thrown, and whose callers do: BakeJob, by Failures. */
    private static final Set<String> WRAPPED =
            Set.of("<dev.firstboot.machine.life.HostTools.", "<dev.firstboot.bake.Handover.unfold(");

    private static final Set<String> TOOLS =
            Set.of("dev.firstboot.internal.tool.Tool", "dev.firstboot.internal.tool.ToolRun");

    private static boolean caught(JavaCodeUnit unit, JavaAccess<?> call) {
        return unit.getTryCatchBlocks().stream()
                .filter(block -> block.getAccessesContainedInTryBlock().contains(call))
                .flatMap(block -> block.getCaughtThrowables().stream())
                .anyMatch(type -> type.getFullName().equals("dev.firstboot.internal.tool.ToolException"));
    }
}
